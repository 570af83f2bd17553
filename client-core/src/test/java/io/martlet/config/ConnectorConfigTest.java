package io.martlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectorConfigTest {
    @Test
    void theDefaultsAreThoseOfAiohttp() {
        assertEquals("ConnectorConfig[limit=100, limitPerHost=0, keepAlive=PT15S]", ConnectorConfig.DEFAULT.toString());
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
    @MethodSource("negatives")
    void aNegativeSettingIsRefusedByItsName(ConnectorConfig.Builder builder, String message) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);

        assertEquals(message, e.getMessage());
    }

    static Stream<Arguments> negatives() {
        return Stream.of(
                Arguments.of(ConnectorConfig.builder().limit(-1), "connector limit is negative: -1"),
                Arguments.of(ConnectorConfig.builder().limitPerHost(-2), "connector limitPerHost is negative: -2"),
                Arguments.of(
                        ConnectorConfig.builder().keepAlive(Duration.ofNanos(-1)),
                        "connector keepAlive is negative: PT-0.000000001S"));
    }
}
