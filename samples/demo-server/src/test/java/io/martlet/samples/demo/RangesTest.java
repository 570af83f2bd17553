package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedServer.class)
class RangesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-2     | 206 | abc     | bytes 0-2/30
            bytes=27-     | 206 | bcd     | bytes 27-29/30
            bytes=27-29   | 206 | bcd     | bytes 27-29/30
            bytes=-3      | 206 | bcd     | bytes 27-29/30
            bytes=0-29    | 200 | abcdefghijklmnopqrstuvwxyzabcd | bytes 0-29/30
            bytes=-99     | 200 | abcdefghijklmnopqrstuvwxyzabcd | bytes 0-29/30
            bytes=0-1,3-4 | 200 | abcdefghijklmnopqrstuvwxyzabcd | bytes 0-29/30
            letters=0-1   | 200 | abcdefghijklmnopqrstuvwxyzabcd | bytes 0-29/30
            bytes=30-     | 416 | ''      | bytes */30
            bytes=5-3     | 416 | ''      | bytes */30
            bytes=20-40   | 416 | ''      | bytes */30
            bytes=-0      | 416 | ''      | bytes */30
            """)
    void aRangeIsCutOut(String range, int status, String body, String contentRange, DemoClient client) {
        HttpResponse<String> answer = client.get("range/30", "Range", range);
        assertEquals(status, answer.statusCode());
        assertEquals(body, answer.body());
        assertEquals(contentRange, answer.headers().firstValue("Content-Range").orElse(""));
        assertEquals("range30", answer.headers().firstValue("ETag").orElse(""));
        assertEquals("bytes", answer.headers().firstValue("Accept-Ranges").orElse(""));
    }

    @ParameterizedTest
    @CsvSource({"range30, 206", "\"range30\", 206", "\"other\", 200"})
    void aRangeOfAnotherVersionIsNotCutOut(String condition, int status, DemoClient client) {
        assertEquals(status, client.status("range/30", "Range", "bytes=0-2", "If-Range", condition));
    }

    @Test
    void partsOfALongBodyFitTogether(DemoClient client) {
        String whole = client.get("range/100000?chunk_size=333").body();
        String start = client.get("range/100000", "Range", "bytes=0-49999").body();
        String end = client.get("range/100000?duration=0.01", "Range", "bytes=50000-")
                .body();
        assertEquals(whole, start + end);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "104857601"})
    void aLengthOutOfRangeIsNotFound(String length, DemoClient client) {
        assertEquals(404, client.status("range/" + length));
    }
}
