package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
class BodiesTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 1_000_000})
    void aBodyHasTheLengthAsked(int length, DemoClient client) {
        HttpResponse<byte[]> answer = client.getBytes("bytes/" + length);
        assertEquals(length, answer.body().length);
        assertEquals(length, answer.headers().firstValueAsLong("Content-Length").orElse(-1));
        assertEquals(
                "application/octet-stream",
                answer.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void theLargestBodyIsA100Mebibytes(DemoClient client) throws IOException {
        HttpResponse<InputStream> answer =
                client.send("GET", "bytes/999999999", BodyPublishers.noBody(), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            assertEquals(100 << 20, body.transferTo(java.io.OutputStream.nullOutputStream()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes/100000", "stream-bytes/100000"})
    void aSeedGivesTheSameBytesEachTime(String path, DemoClient client) {
        byte[] first = client.getBytes(path + "?seed=7").body();
        assertArrayEquals(first, client.getBytes(path + "?seed=7").body());
        assertFalse(Arrays.equals(first, client.getBytes(path + "?seed=8").body()));
        assertFalse(Arrays.equals(
                client.getBytes(path).body(), client.getBytes(path).body()));
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 1", "25, 10", "100000, 7777"})
    void aStreamOfBytesHasNoLengthInItsHead(int length, int chunkSize, DemoClient client) {
        HttpResponse<byte[]> answer = client.getBytes("stream-bytes/" + length + "?chunk_size=" + chunkSize);
        assertEquals(length, answer.body().length);
        assertEquals("chunked", answer.headers().firstValue("Transfer-Encoding").orElse(""));
        assertTrue(answer.headers().firstValue("Content-Length").isEmpty());
    }

    @Test
    void aStreamOfLinesNumbersThem(DemoClient client) {
        List<JsonObject> lines =
                client.get("stream/3?a=1").body().lines().map(JsonObject::new).toList();
        assertEquals(
                List.of(0, 1, 2),
                lines.stream().map(line -> line.getInteger("id")).toList());
        assertEquals(client.baseUrl() + "stream/3?a=1", lines.get(2).getString("url"));
    }

    @Test
    void aStreamEndsAfterAHundredLines(DemoClient client) {
        assertEquals(100, client.get("stream/1000").body().lines().count());
    }

    @ParameterizedTest
    @CsvSource({
        "numbytes=5&duration=0, 5, 200",
        "numbytes=5&duration=0.05&delay=0.01&code=201, 5, 201",
        "numbytes=100000&duration=0.02, 100000, 200",
        "duration=0, 10, 200",
    })
    void dripsAddUpToTheLengthAnnounced(String query, int length, int status, DemoClient client) {
        HttpResponse<byte[]> answer = client.getBytes("drip?" + query);
        assertEquals(status, answer.statusCode());
        assertEquals("*".repeat(length), new String(answer.body(), StandardCharsets.US_ASCII));
        assertEquals(length, answer.headers().firstValueAsLong("Content-Length").orElse(-1));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void aDripOfAStatusWithoutBodyHasNone(int status, DemoClient client) {
        HttpResponse<String> answer = client.get("drip?duration=0&code=" + status);
        assertEquals(status, answer.statusCode());
        assertEquals("", answer.body());
        assertEquals(200, client.status("get"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bytes/x                        | n must be a whole number but was 'x'
            bytes/-1                       | n must be at least 0 but was -1
            bytes/99999999999999999999     | n must be a whole number but was '99999999999999999999'
            bytes/1?seed=x                 | seed must be a whole number but was 'x'
            stream-bytes/1?chunk_size=0    | chunk_size must be at least 1 but was 0
            stream/1.5                     | n must be a whole number but was '1.5'
            drip?numbytes=0                | numbytes must be at least 1 but was 0
            drip?duration=-1               | duration must be a number of seconds, 0 or more, but was '-1'
            delay/NaN                      | seconds must be a number of seconds, 0 or more, but was 'NaN'
            """)
    void aBadNumberIsABadRequestThatSaysWhy(String path, String message, DemoClient client) {
        HttpResponse<String> answer = client.get(path);
        assertEquals(400, answer.statusCode());
        assertEquals(message, new JsonObject(answer.body()).getString("error"));
    }
}
