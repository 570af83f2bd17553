package io.martlet.internal.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.martlet.http.Headers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeAnswerTest {
    private static final Validator V1 = new Validator("\"v1\"");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static Headers fields(String lines) {
        Headers.Builder fields = Headers.builder();
        for (String line : lines.split(";")) {
            if (!line.isBlank()) {
                fields.add(line.split(":", 2)[0].strip(), line.split(":", 2)[1].strip());
            }
        }
        return fields.build();
    }

    /** The answer to one who has the bytes up to 100 of 1000, and asked for those from 99 on. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            206 | ETag: "v1"; Content-Range: bytes 99-999/1000                      | 901 | Piece 99-999/1000
            206 | ETag: "v1"; Content-Range: bytes 99-999/1000                      | -1  | Piece 99-999/1000
            206 | ETag: "v1"; Content-Range: bytes 99-499/1000                      | 401 | Piece 99-499/1000
            206 | ETag: "v1"; Content-Range: bytes 99-999/1000                      | 900 | Misfit
            206 | ETag: "v1"; Content-Range: bytes 100-999/1000                     | 900 | Misfit
            206 | ETag: "v1"; Content-Range: bytes 0-999/1000                       | 1000 | Misfit
            206 | ETag: "v1"; Content-Range: bytes 99-999/1001                      | 901 | Misfit
            206 | ETag: "v1"; Content-Range: bytes 99-999/*                         | 901 | Misfit
            206 | ETag: "v1"; Content-Range: bytes 99-1000/1000                     | 902 | Misfit
            206 | ETag: "v1"; Content-Range: bytes 99-98/1000                       | 0   | Misfit
            206 | ETag: "v1"; Content-Range: items 99-999/1000                      | 901 | Misfit
            206 | ETag: "v1"; Content-Range: bytes 99-99999999999999999999/1000     | 901 | Misfit
            206 | ETag: "v1"; Content-Range: bytes 99-999/1000; Content-Range: bytes 99-999/1000 | 901 | Misfit
            206 | ETag: "v1"; Content-Type: multipart/byteranges                    | 901 | Misfit
            206 | ETag: "v1"; Content-Range: bytes 99-999/1000; Content-Encoding: gzip | 901 | Misfit
            206 | ETag: "v2"; Content-Range: bytes 99-999/1000                      | 901 | Misfit
            206 | ETag: W/"v1"; Content-Range: bytes 99-999/1000                    | 901 | Misfit
            206 | Content-Range: bytes 99-999/1000                                  | 901 | Misfit
            416 | Content-Range: bytes */1000                                       | 0   | Misfit
            412 |                                                                   | 0   | Misfit
            200 | ETag: "v2"; Accept-Ranges: bytes                                  | 500 | Whole 500 "v2" in ranges
            200 | ETag: W/"v2"; Content-Length: 7                                   | -1  | Whole 7 null
            200 | ETag: "v2"; Content-Encoding: gzip; Content-Length: 7             | -1  | Whole -1 null
            200 | ETag: "v2"; Content-Encoding: identity                            | 7   | Whole 7 "v2"
            204 |                                                                   | 0   | Refusal
            304 |                                                                   | 0   | Refusal
            404 |                                                                   | 0   | Refusal
            """)
    void anAnswerToOneWhoGoesOn(int status, String lines, long length, String expected) {
        Headers fields = fields(lines == null ? "" : lines);
        RangeAnswer answer = RangeAnswer.of(status, fields, length, new ByteRange(99, 1000), V1, 1000, NOON);

        assertEquals(expected, print(answer));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            206 | ETag: "v1"; Content-Range: bytes 0-999/1000 | Whole 1000 "v1"
            206 | ETag: "v1"; Content-Range: bytes 0-99/1000  | Misfit
            206 | ETag: "v1"                                  | Misfit
            416 | ETag: "v1"                                  | Refusal
            412 | ETag: "v1"                                  | Refusal
            """)
    void anAnswerToOneWhoAsksForAll(int status, String lines, String expected) {
        assertEquals(expected, print(RangeAnswer.of(status, fields(lines), -1, null, null, -1, NOON)));
    }

    private static String print(RangeAnswer answer) {
        if (answer instanceof RangeAnswer.Piece piece) {
            return "Piece " + piece.range().start() + "-" + (piece.range().end() - 1) + "/" + piece.total();
        }
        if (answer instanceof RangeAnswer.Whole whole) {
            String by = whole.validator() == null ? "null" : whole.validator().field();
            return "Whole " + whole.total() + " " + by + (whole.inRanges() ? " in ranges" : "");
        }
        return answer.getClass().getSimpleName();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ETag: W/\"v1\"",
                "ETag: v1",
                "ETag: \"v\"1\"",
                "ETag: \"a\"; ETag: \"a\"",
                "ETag: W/\"a\"; Last-Modified: Sat, 21 Nov 2026 10:00:00 GMT; Date: Sat, 21 Nov 2026 12:00:00 GMT",
                "Last-Modified: Fri, 20 Nov 2026 12:00:01 GMT",
                "Last-Modified: Fri, 20 Nov 2026 10:00:00 GMT; Date: now",
                "Last-Modified: Sat, 21 Nov 2026 10:00:00 GMT; Date: Sat, 21 Nov 2026 10:00:59 GMT",
                "Last-Modified: yesterday; Date: Sat, 21 Nov 2026 10:00:59 GMT",
                ""
            })
    void whatIsNotStrongTellsNothing(String lines) {
        assertNull(Validator.of(fields(lines), NOON));
    }

    @Test
    void aDateThatIsSettledIsStrong() {
        String lines = "Last-Modified: Sat, 21 Nov 2026 10:00:00 GMT; Date: Sat, 21 Nov 2026 10:01:00 GMT";

        assertEquals(new Validator("Sat, 21 Nov 2026 10:00:00 GMT"), Validator.of(fields(lines), NOON));
    }

    @Test
    void withoutADateItIsSettledIfItIsADayOldHere() {
        String lines = "Last-Modified: Fri, 20 Nov 2026 12:00:00 GMT";

        assertEquals(new Validator("Fri, 20 Nov 2026 12:00:00 GMT"), Validator.of(fields(lines), NOON));
    }

    @Test
    void aRangeIsWrittenAsItIsAskedFor() {
        assertEquals("bytes=0-", new ByteRange(0, ByteRange.OPEN).field());
        assertEquals("bytes=5-9", new ByteRange(5, 10).field());
    }
}
