package io.martlet.samples.fetch.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlLinesTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "'a', a",
        "'a\nb\n', a|b",
        "'a\r\nb\r\n', a|b",
        "' a \n\n \t\n# no\n  # no\nb#yes', a|b#yes",
        "'\ufeffa\nb', a|b",
        "'\ufeff# no\nä', ä"
    })
    void urlsAreTheLinesThatAreNeitherBlankNorComments(String text, String expected) {
        List<String> urls = new ArrayList<>();
        new UrlLines(bytes(text)).forEachRemaining(urls::add);
        assertEquals(expected, String.join("|", urls));
    }

    @Test
    void aLineIsThereBeforeTheNextIsWritten() throws Exception {
        try (PipedOutputStream writer = new PipedOutputStream();
                PipedInputStream reader = new PipedInputStream(writer)) {
            UrlLines urls = new UrlLines(reader);
            writer.write("a\n".getBytes(StandardCharsets.UTF_8));
            writer.flush();
            assertEquals("a", urls.next());
        }
    }

    @Test
    void whatIsNoListOfUrlsIsNotReadIntoMemory() {
        UrlLines urls = new UrlLines(bytes("a\n" + "x".repeat(70_000)));
        assertEquals("a", urls.next());
        UncheckedIOException refusal = assertThrows(UncheckedIOException.class, urls::hasNext);
        assertEquals("after 1 lines: a line is longer than 65536 characters", refusal.getMessage());
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
