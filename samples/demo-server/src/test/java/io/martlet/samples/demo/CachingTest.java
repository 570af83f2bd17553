package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedServer.class)
class CachingTest {

    @Test
    void aFirstAnswerNamesItsVersion(DemoClient client) {
        HttpHeaders headers = client.get("cache").headers();
        String modified = headers.firstValue("Last-Modified").orElseThrow();
        assertNotNull(ZonedDateTime.parse(modified, DateTimeFormatter.RFC_1123_DATE_TIME));
        assertEquals(32, headers.firstValue("ETag").orElseThrow().length());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            If-None-Match     | "any"
            If-Modified-Since | Fri, 20 Nov 2026 18:00:00 GMT
            """)
    void whoHasACopyGetsNoOther(String name, String value, DemoClient client) {
        HttpResponse<String> answer = client.get("cache", name, value);
        assertEquals(304, answer.statusCode());
        assertEquals("", answer.body());
    }

    @Test
    void anAnswerStaysFreshAsLongAsAsked(DemoClient client) {
        assertEquals(
                "public, max-age=60",
                client.get("cache/60").headers().firstValue("Cache-Control").orElse(""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            If-None-Match | "v1"        | 304
            If-None-Match | W/"v1"      | 304
            If-None-Match | "v0", "v1"  | 304
            If-None-Match | *           | 304
            If-None-Match | "v2"        | 200
            If-Match      | "v1"        | 200
            If-Match      | *           | 200
            If-Match      | "v2"        | 412
            """)
    void conditionsAreComparedWithTheTag(String name, String value, int status, DemoClient client) {
        assertEquals(status, client.status("etag/v1", name, value));
    }

    @Test
    void theTagIsInTheAnswer(DemoClient client) {
        assertEquals("v1", client.get("etag/v1").headers().firstValue("ETag").orElse(""));
        HttpResponse<String> notModified = client.get("etag/v1", "If-None-Match", "v1");
        assertEquals("v1", notModified.headers().firstValue("ETag").orElse(""));
    }
}
