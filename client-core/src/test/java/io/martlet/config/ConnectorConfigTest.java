package io.martlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.trace.TraceListener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectorConfigTest {
    @Test
    void theDefaultsAreThoseOfAiohttp() {
        assertEquals(
                "ConnectorConfig[limit=100, limitPerHost=0, keepAlive=PT15S, maxQueue=0, maxAge=PT0S, forceClose=false, "
                        + "retryStale=true, tls=" + TlsConfig.DEFAULT + ", limits=" + Limits.DEFAULT
                        + ", resolver=system, dnsTtl=PT10S, addressFamily=ANY, localAddress=null, addressFilter=null, traceListener=null]",
                ConnectorConfig.DEFAULT.toString());
        assertEquals(ConnectorConfig.DEFAULT, ConnectorConfig.builder().build());
    }

    @Test
    void zeroIsAllowedEverywhere() {
        ConnectorConfig none = ConnectorConfig.builder()
                .limit(0)
                .limitPerHost(0)
                .keepAlive(Duration.ZERO)
                .build();

        assertEquals(new ConnectorConfig(0, 0, Duration.ZERO), none);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theBuilderSetsOneSettingAndKeepsTheOthers(ConnectorConfig.Builder builder, ConnectorConfig expected) {
        assertEquals(expected, builder.build());
    }

    static Stream<Arguments> changes() {
        Duration second = Duration.ofSeconds(1);
        ConnectorConfig start = new ConnectorConfig(1, 2, second);
        return Stream.of(
                Arguments.of(start.toBuilder(), start),
                Arguments.of(start.toBuilder().limit(7), new ConnectorConfig(7, 2, second)),
                Arguments.of(start.toBuilder().limitPerHost(7), new ConnectorConfig(1, 7, second)),
                Arguments.of(start.toBuilder().keepAlive(Duration.ZERO), new ConnectorConfig(1, 2, Duration.ZERO)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theBuilderSetsEverySetting(Object expected, Object actual) {
        assertEquals(expected, actual);
    }

    static Stream<Arguments> settings() {
        Limits limits = Limits.builder().maxHeaders(7).build();
        TlsConfig tls = TlsConfig.builder().minVersion(TlsVersion.TLS_1_3).build();
        Resolver resolver = host -> CompletableFuture.completedFuture(List.of());
        InetSocketAddress local = new InetSocketAddress(0);
        Predicate<InetSocketAddress> filter = address -> false;
        TraceListener listener = (request, event) -> {};
        ConnectorConfig all = ConnectorConfig.builder()
                .maxQueue(3)
                .maxAge(Duration.ofHours(1))
                .forceClose(true)
                .retryStale(false)
                .tls(tls)
                .limits(limits)
                .resolver(resolver)
                .dnsTtl(Duration.ofMinutes(5))
                .addressFamily(AddressFamily.IPV6_ONLY)
                .localAddress(local)
                .addressFilter(filter)
                .traceListener(listener)
                .build()
                .toBuilder()
                .build();
        return Stream.of(
                Arguments.of(3, all.maxQueue()),
                Arguments.of(Duration.ofHours(1), all.maxAge()),
                Arguments.of(true, all.forceClose()),
                Arguments.of(false, all.retryStale()),
                Arguments.of(tls, all.tls()),
                Arguments.of(limits, all.limits()),
                Arguments.of(resolver, all.resolver()),
                Arguments.of(Duration.ofMinutes(5), all.dnsTtl()),
                Arguments.of(AddressFamily.IPV6_ONLY, all.addressFamily()),
                Arguments.of(local, all.localAddress()),
                Arguments.of(filter, all.addressFilter()),
                Arguments.of(listener, all.traceListener()));
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void aNegativeSettingIsRefusedByItsName(ConnectorConfig.Builder builder, String message) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);

        assertEquals(message, e.getMessage());
    }

    static Stream<Arguments> negatives() {
        return Stream.of(
                Arguments.of(ConnectorConfig.builder().limit(-1), "connector limit is negative: -1"),
                Arguments.of(ConnectorConfig.builder().limitPerHost(-2), "connector limitPerHost is negative: -2"),
                Arguments.of(ConnectorConfig.builder().maxQueue(-3), "connector maxQueue is negative: -3"),
                Arguments.of(
                        ConnectorConfig.builder().dnsTtl(Duration.ofNanos(-1)),
                        "connector dnsTtl is negative: PT-0.000000001S"),
                Arguments.of(
                        ConnectorConfig.builder().maxAge(Duration.ofNanos(-1)),
                        "connector maxAge is negative: PT-0.000000001S"),
                Arguments.of(
                        ConnectorConfig.builder().keepAlive(Duration.ofNanos(-1)),
                        "connector keepAlive is negative: PT-0.000000001S"));
    }
}
