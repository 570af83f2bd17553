package io.martlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.auth.Basic;
import io.martlet.body.JsonCodec;
import io.martlet.retry.RetryPolicy;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestOptionsTest {
    private static final JsonCodec CODEC = new JsonCodec() {
        @Override
        public byte[] encode(Object value, Type type) {
            return new byte[0];
        }

        @Override
        public Object decode(byte[] json, Type type) {
            return "";
        }
    };

    private static final Basic BASIC = new Basic("user", "s3cret");
    private static final RetryPolicy RETRY = RetryPolicy.of(2);
    private static final Set<String> ACCEPT = Set.of("Accept");
    private static final RedirectFilter NO_REDIRECT = (redirect, next) -> false;

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        assertEquals(
                new RequestOptions(
                        ClientTimeout.DEFAULT,
                        true,
                        10,
                        false,
                        67_108_864,
                        JsonCodec.NONE,
                        true,
                        null,
                        true,
                        RedirectFilter.ALL,
                        false,
                        Set.of(),
                        null),
                RequestOptions.DEFAULT);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theBuilderSetsOneOptionAndKeepsTheOthers(RequestOptions.Builder builder, RequestOptions expected) {
        assertEquals(expected, builder.build());
    }

    static Stream<Arguments> changes() {
        ClientTimeout none = ClientTimeout.NONE;
        ClientTimeout other = ClientTimeout.DEFAULT;
        RedirectFilter all = RedirectFilter.ALL;
        RequestOptions start = new RequestOptions(
                none, false, 1, true, 2, CODEC, false, null, false, NO_REDIRECT, true, ACCEPT, RETRY);
        return Stream.of(
                Arguments.of(start.toBuilder(), start),
                Arguments.of(
                        start.toBuilder().skipAutoHeaders("USER-AGENT", "accept"),
                        new RequestOptions(
                                none,
                                false,
                                1,
                                true,
                                2,
                                CODEC,
                                false,
                                null,
                                false,
                                NO_REDIRECT,
                                true,
                                Set.of("Accept", "User-Agent"),
                                RETRY)),
                Arguments.of(
                        start.toBuilder().retry(null),
                        new RequestOptions(
                                none, false, 1, true, 2, CODEC, false, null, false, NO_REDIRECT, true, ACCEPT, null)),
                Arguments.of(
                        start.toBuilder().timeout(other),
                        new RequestOptions(
                                other, false, 1, true, 2, CODEC, false, null, false, NO_REDIRECT, true, ACCEPT, RETRY)),
                Arguments.of(
                        start.toBuilder().followRedirects(true),
                        new RequestOptions(
                                none, true, 1, true, 2, CODEC, false, null, false, NO_REDIRECT, true, ACCEPT, RETRY)),
                Arguments.of(
                        start.toBuilder().maxRedirects(0),
                        new RequestOptions(
                                none, false, 0, true, 2, CODEC, false, null, false, NO_REDIRECT, true, ACCEPT, RETRY)),
                Arguments.of(
                        start.toBuilder().raiseForStatus(false),
                        new RequestOptions(
                                none, false, 1, false, 2, CODEC, false, null, false, NO_REDIRECT, true, ACCEPT, RETRY)),
                Arguments.of(
                        start.toBuilder().maxBufferedBody(0),
                        new RequestOptions(
                                none, false, 1, true, 0, CODEC, false, null, false, NO_REDIRECT, true, ACCEPT, RETRY)),
                Arguments.of(
                        start.toBuilder().jsonCodec(JsonCodec.NONE),
                        new RequestOptions(
                                none,
                                false,
                                1,
                                true,
                                2,
                                JsonCodec.NONE,
                                false,
                                null,
                                false,
                                NO_REDIRECT,
                                true,
                                ACCEPT,
                                RETRY)),
                Arguments.of(
                        start.toBuilder().followDowngrades(true),
                        new RequestOptions(
                                none, false, 1, true, 2, CODEC, false, null, true, NO_REDIRECT, true, ACCEPT, RETRY)),
                Arguments.of(
                        start.toBuilder().redirectFilter(all),
                        new RequestOptions(
                                none, false, 1, true, 2, CODEC, false, null, false, all, true, ACCEPT, RETRY)),
                Arguments.of(
                        start.toBuilder().requireJsonType(false),
                        new RequestOptions(
                                none, false, 1, true, 2, CODEC, false, null, false, NO_REDIRECT, false, ACCEPT, RETRY)),
                Arguments.of(
                        start.toBuilder().decompress(true),
                        new RequestOptions(
                                none, false, 1, true, 2, CODEC, true, null, false, NO_REDIRECT, true, ACCEPT, RETRY)),
                Arguments.of(
                        start.toBuilder().auth(BASIC),
                        new RequestOptions(
                                none,
                                false,
                                1,
                                true,
                                2,
                                CODEC,
                                false,
                                BASIC,
                                false,
                                NO_REDIRECT,
                                true,
                                ACCEPT,
                                RETRY)));
    }

    @Test
    void theBuilderAnswersWhatItHolds() {
        RequestOptions.Builder builder =
                RequestOptions.DEFAULT.toBuilder().timeout(ClientTimeout.NONE).jsonCodec(CODEC);

        assertSame(ClientTimeout.NONE, builder.timeout());
        assertSame(CODEC, builder.jsonCodec());
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void aNegativeNumberIsRefusedByItsName(RequestOptions.Builder builder, String message) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);

        assertEquals(message, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host  | skipAutoHeaders has Host; it may have Accept, Accept-Encoding, Content-Type, User-Agent",
                "A\u0001B | header name \"A\\u0001B\" is not a token (RFC 9110 §5.1)",
            })
    void anotherFieldIsNotSkipped(String name, String message) {
        RequestOptions.Builder builder = RequestOptions.DEFAULT.toBuilder().skipAutoHeaders(name);

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);

        assertEquals(message, e.getMessage());
    }

    static Stream<Arguments> negatives() {
        return Stream.of(
                Arguments.of(RequestOptions.DEFAULT.toBuilder().maxRedirects(-1), "maxRedirects is negative: -1"),
                Arguments.of(
                        RequestOptions.DEFAULT.toBuilder().maxBufferedBody(-1), "maxBufferedBody is negative: -1"));
    }
}
