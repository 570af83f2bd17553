package io.martlet.async;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.RequestOptions;
import io.martlet.error.ClientException.JsonException;
import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.Headers;
import io.martlet.http.HttpVersion;
import io.martlet.http.Method;
import io.martlet.http.Url;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Case L05 of the reliability catalogue, for Jackson. */
class HostileJacksonTest {
    record Tree(Tree child) {}

    record Post(int id) {}

    private static final int DEEP = 100_000;
    private static final String DIGITS = "9".repeat(1_000_000);

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsNoGoodJsonIsAnErrorOfOneKindAndAShortOne(String name, byte[] body, Class<?> type) {
        JsonException thrown =
                assertThrows(JsonException.class, () -> response(body).json(type), name);

        assertTrue(thrown.getMessage().length() < 1000, thrown.getMessage());
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                row("objects, one in the other", "{\"child\":".repeat(DEEP) + "null" + "}".repeat(DEEP), Tree.class),
                row("one more than there may be", "[".repeat(501) + "]".repeat(501), List.class),
                row("arrays without end", "[".repeat(DEEP), Object.class),
                row("arrays, one in the other", "[".repeat(DEEP) + "]".repeat(DEEP), List.class),
                row("arrays that nobody asked for", "{\"id\":1,\"x\":" + "[".repeat(DEEP), Post.class),
                row("a long number as int", DIGITS, Integer.class),
                row("a long number as it comes", DIGITS, Object.class),
                row("a long number in an object", "{\"id\":" + DIGITS + "}", Post.class),
                row("a long exponent", "1e" + DIGITS, Double.class),
                row("an escape that is none", "\"\\u12\"", String.class),
                row("Latin 1", "\"é\"".getBytes(ISO_8859_1), String.class),
                row("junk behind", "{\"id\":1} {\"id\":2}", Post.class),
                row("a NUL behind", "{\"id\":1}\0", Post.class),
                row("NaN", "NaN", Double.class));
    }

    /** Jackson looks at the bytes, whatever charset is declared. */
    @ParameterizedTest
    @MethodSource("good")
    void whatIsOddAndGoodIsRead(String name, byte[] body, Class<?> type, String expected) {
        assertEquals(expected, String.valueOf(response(body).json(type)), name);
    }

    static Stream<Arguments> good() {
        String deepest = "[".repeat(500) + "]".repeat(500);
        return Stream.of(
                Arguments.of("as deep as it may be", deepest.getBytes(UTF_8), List.class, deepest),
                Arguments.of("a byte order mark", "\uFEFF{\"id\":1}".getBytes(UTF_8), Post.class, "Post[id=1]"),
                Arguments.of("UTF-16", "{\"id\":1}".getBytes(UTF_16), Post.class, "Post[id=1]"),
                Arguments.of(
                        "UTF-16, the other way round",
                        "{\"id\":1}".getBytes(StandardCharsets.UTF_16LE),
                        Post.class,
                        "Post[id=1]"),
                Arguments.of("half a character, escaped", "\"\\ud800\"".getBytes(UTF_8), String.class, "\ud800"),
                Arguments.of("blanks around", " \t\r\n7\n".getBytes(UTF_8), Integer.class, "7"));
    }

    private static Arguments row(String name, String body, Class<?> type) {
        return row(name, body.getBytes(UTF_8), type);
    }

    private static Arguments row(String name, byte[] body, Class<?> type) {
        return Arguments.of(name, body, type);
    }

    private static ClientResponse response(byte[] body) {
        RequestOptions options =
                RequestOptions.DEFAULT.toBuilder().jsonCodec(new JacksonJson()).build();
        ClientRequest request = ClientRequest.builder(Method.GET, Url.of("http://h/"))
                .options(options)
                .build();
        Headers headers = Headers.of("Content-Type", "application/json; charset=klingon");
        return new ClientResponse(request, HttpVersion.HTTP_1_1, 200, "OK", headers, body, List.of());
    }
}
