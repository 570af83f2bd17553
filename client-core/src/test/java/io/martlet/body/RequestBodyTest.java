package io.martlet.body;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.http.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestBodyTest {
    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyPrintsItsLengthAndTypeAndNothingOfWhatIsInIt(RequestBody body, String printed) {
        assertEquals(printed, body.toString());
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of(RequestBody.EMPTY, "0 bytes"),
                Arguments.of(RequestBody.bytes(new byte[3], null), "3 bytes of application/octet-stream"),
                Arguments.of(RequestBody.bytes(new byte[0], MediaType.JSON), "0 bytes of application/json"),
                Arguments.of(RequestBody.text("sécret"), "7 bytes of text/plain"),
                Arguments.of(
                        RequestBody.text("é", MediaType.parse("text/css; charset=iso-8859-1")), "1 bytes of text/css"));
    }

    @Test
    void theEmptyBodyHasNoTypeAndNothingToSend() {
        assertNull(RequestBody.EMPTY.contentType());
        assertEquals(0, RequestBody.EMPTY.contentLength());
        assertTrue(RequestBody.EMPTY.isEmpty());
        assertTrue(RequestBody.EMPTY.isReplayable());
    }

    @ParameterizedTest
    @CsvSource({
        "text/css; charset=iso-8859-1, 233",
        "text/css; charset=utf-16be, '0,233'",
        "text/css, '195,169'",
        "text/css; charset=utf-8, '195,169'",
    })
    void textIsEncodedInTheCharsetOfItsType(String contentType, String bytes) {
        BytesBody body = (BytesBody) RequestBody.text("é", MediaType.parse(contentType));

        assertEquals(bytes, unsigned(body.bytes()));
        assertEquals(contentType, String.valueOf(body.contentType()));
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain; charset=iso-8859-1, ab€, the character U+20AC at index 2 cannot be written in ISO-8859-1",
        "text/plain; charset=us-ascii, ü, the character U+00FC at index 0 cannot be written in US-ASCII",
        "text/plain; charset=windows-1252, a🐦, the character U+1F426 at index 1 cannot be written in windows-1252",
        "text/plain, a\uD83Db, the character U+D83D at index 1 cannot be written in UTF-8",
    })
    void textThatItsCharsetCannotWriteIsRefused(String contentType, String text, String message) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> RequestBody.text(text, MediaType.parse(contentType)));

        assertEquals("text: " + message, e.getMessage());
    }

    @Test
    void aCharsetThatCanOnlyBeReadIsRefused() {
        MediaType type = MediaType.parse("text/plain; charset=ISO-2022-CN");

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> RequestBody.text("a", type));

        assertEquals("text: the charset ISO-2022-CN can only be read", e.getMessage());
    }

    @Test
    void aLongTextIsWrittenWhole() {
        String text = "grüß 🐦 ".repeat(10_000);

        byte[] bytes = ((BytesBody) RequestBody.text(text)).bytes();

        assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), bytes);
    }

    @Test
    void textIsPlainTextInUtf8() {
        BytesBody body = (BytesBody) RequestBody.text("é");

        assertEquals("text/plain; charset=utf-8", String.valueOf(body.contentType()));
        assertArrayEquals("é".getBytes(StandardCharsets.UTF_8), body.bytes());
    }

    @Test
    void bytesAreNotCopied() {
        byte[] bytes = {1, 2, 3};

        assertSame(bytes, ((BytesBody) RequestBody.bytes(bytes, null)).bytes());
    }

    private static String unsigned(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(text.length() == 0 ? "" : ",").append(b & 0xff);
        }
        return text.toString();
    }
}
