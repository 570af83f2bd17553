package io.martlet.samples.fetch.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.http.Headers;
import io.martlet.http.HttpVersion;
import io.martlet.samples.fetch.progress.Progress;
import io.martlet.samples.fetch.text.Printable;
import io.martlet.samples.fetch.trace.FetchResult;
import io.martlet.samples.fetch.trace.FetchResult.Body;
import io.martlet.samples.fetch.trace.FetchResult.Failure;
import io.martlet.samples.fetch.trace.FetchResult.Head;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
    private static final String URL = "http://example.com/a/long/path/to/somewhere";
    private static final Failure FAILURE = new Failure("ConnectorException", "connect", "Cannot connect\u001b[2J");

    @Test
    void columnsAreAlignedAndUrlsWholeWhereThereIsNoTerminal() throws IOException {
        assertEquals("""
              #  status                    bytes       ms  URL
              1  200                         123       12  http://example.com/a/long/path/to/somewhere
              2  Connector                     -        7  http://example.com/a/long/path/to/somewhere
                 Cannot connect\\u001b[2J [connect]
            """, print(0));
    }

    @Test
    void urlsAreCutInTheMiddleToFitATerminal() throws IOException {
        assertEquals("""
              #  status                    bytes       ms  URL
              1  200                         123       12  http://example....h/to/somewhere
              2  Connector                     -        7  http://example....h/to/somewhere
                 Cannot connect\\u001b[2J [connect]
            """, print(79));
    }

    @ParameterizedTest
    @CsvSource({"abcdefghij, 10, abcdefghij", "abcdefghijk, 10, abcd...ijk", "abcdefghijk, 9, abc...ijk"})
    void aCutKeepsBothEnds(String text, int maxChars, String expected) {
        assertEquals(expected, Printable.cutInTheMiddle(text, maxChars));
    }

    @Test
    void noTextFromElsewhereCommandsTheTerminal() {
        assertEquals("a\\u000ab\\u001b\\u202e\\u2028\\u0085ä€", Printable.of("a\nb\u001b\u202e\u2028\u0085ä€"));
    }

    private static String print(int columns) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LineOutput out = new LineOutput(bytes, Progress.NONE);
        Table table = new Table(out, 2, columns);
        Head head = new Head(URL, 200, "OK", HttpVersion.HTTP_1_1, Headers.EMPTY, 0);
        table.begin();
        table.result(new FetchResult(
                0, URL, head, new Body(123, "ab", Headers.EMPTY, null), 0, 12_300_000, 1, null, List.of()));
        table.result(new FetchResult(1, URL, null, null, 0, 6_700_000, 1, FAILURE, List.of()));
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
