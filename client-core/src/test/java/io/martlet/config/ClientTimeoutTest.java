package io.martlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientTimeoutTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theDefaultsAreThoseOfAiohttp() {
        assertEquals(
                "ClientTimeout[total=PT5M, connect=null, socketConnect=PT30S, socketRead=null, queue=null, dns=null, "
                        + "tls=null, write=null, firstByte=null]",
                ClientTimeout.DEFAULT.toString());
        assertEquals(ClientTimeout.DEFAULT, ClientTimeout.builder().build());
    }

    @Test
    void zeroMeansNoLimitAsNullDoes() {
        assertEquals(ClientTimeout.NONE, new ClientTimeout(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        assertEquals(ClientTimeout.NONE, new ClientTimeout(null, null, null, null));
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void aNegativeLimitIsRefusedByItsName(ClientTimeout.Builder builder, String message) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);

        assertEquals(message, e.getMessage());
    }

    static Stream<Arguments> negatives() {
        Duration negative = Duration.ofMillis(-1500);
        return Stream.of(
                Arguments.of(ClientTimeout.builder().total(negative), "timeout total is negative: PT-1.5S"),
                Arguments.of(ClientTimeout.builder().connect(negative), "timeout connect is negative: PT-1.5S"),
                Arguments.of(
                        ClientTimeout.builder().socketConnect(negative), "timeout socketConnect is negative: PT-1.5S"),
                Arguments.of(ClientTimeout.builder().socketRead(negative), "timeout socketRead is negative: PT-1.5S"),
                Arguments.of(ClientTimeout.builder().queue(negative), "timeout queue is negative: PT-1.5S"),
                Arguments.of(ClientTimeout.builder().dns(negative), "timeout dns is negative: PT-1.5S"),
                Arguments.of(ClientTimeout.builder().tls(negative), "timeout tls is negative: PT-1.5S"),
                Arguments.of(ClientTimeout.builder().write(negative), "timeout write is negative: PT-1.5S"),
                Arguments.of(ClientTimeout.builder().firstByte(negative), "timeout firstByte is negative: PT-1.5S"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theBuilderSetsOneLimitAndKeepsTheOthers(ClientTimeout.Builder builder, ClientTimeout expected) {
        assertEquals(expected, builder.build());
    }

    static Stream<Arguments> changes() {
        Duration two = Duration.ofSeconds(2);
        return Stream.of(
                Arguments.of(seconds().total(two), new ClientTimeout(two, SECOND, SECOND, SECOND)),
                Arguments.of(seconds().connect(two), new ClientTimeout(SECOND, two, SECOND, SECOND)),
                Arguments.of(seconds().socketConnect(two), new ClientTimeout(SECOND, SECOND, two, SECOND)),
                Arguments.of(seconds().socketRead(two), new ClientTimeout(SECOND, SECOND, SECOND, two)),
                Arguments.of(seconds().queue(two), with(two, null, null, null, null)),
                Arguments.of(seconds().dns(two), with(null, two, null, null, null)),
                Arguments.of(seconds().tls(two), with(null, null, two, null, null)),
                Arguments.of(seconds().write(two), with(null, null, null, two, null)),
                Arguments.of(seconds().firstByte(two), with(null, null, null, null, two)),
                Arguments.of(seconds().total(null), new ClientTimeout(null, SECOND, SECOND, SECOND)));
    }

    private static ClientTimeout with(
            @Nullable Duration queue,
            @Nullable Duration dns,
            @Nullable Duration tls,
            @Nullable Duration write,
            @Nullable Duration firstByte) {
        return new ClientTimeout(SECOND, SECOND, SECOND, SECOND, queue, dns, tls, write, firstByte);
    }

    private static ClientTimeout.Builder seconds() {
        return new ClientTimeout(SECOND, SECOND, SECOND, SECOND).toBuilder();
    }

    @Test
    void ofTotalKeepsTheDefaultsOfTheOthers() {
        assertEquals(new ClientTimeout(SECOND, null, Duration.ofSeconds(30), null), ClientTimeout.ofTotal(SECOND));
        assertEquals(new ClientTimeout(null, null, Duration.ofSeconds(30), null), ClientTimeout.ofTotal(null));
    }
}
