package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServer.class)
class FlakyTest {

    @Test
    void aFlakyPathFailsNTimesThenAnswers(DemoClient client) {
        HttpResponse<String> first = client.get("flaky/2?key=a");
        assertEquals(503, first.statusCode());
        assertEquals(
                new JsonObject().put("key", "a").put("attempts", 1).put("error", "failure 1 of 2"),
                new JsonObject(first.body()));
        assertEquals(503, client.status("flaky/2?key=a"));
        assertEquals(new JsonObject().put("key", "a").put("attempts", 3), client.json("flaky/2?key=a"));
        assertEquals(200, client.status("flaky/2?key=a"));
    }

    @Test
    void eachKeyHasItsOwnCount(DemoClient client) {
        assertEquals(503, client.status("flaky/1?key=b"));
        assertEquals(503, client.status("flaky/1?key=c"));
        assertEquals(200, client.status("flaky/1?key=b"));
    }

    @Test
    void theKeyMayBeAHeader(DemoClient client) {
        assertEquals(503, client.status("flaky/1", "X-Client-Key", "d"));
        assertEquals("d", client.json("flaky/1", "X-Client-Key", "d").getString("key"));
    }

    @Test
    void withoutAKeyTheAddressCounts(DemoClient client) {
        assertEquals("127.0.0.1", client.json("flaky/1").getString("key"));
    }

    @Test
    void statusAndRetryAfterAreAsAsked(DemoClient client) {
        HttpResponse<String> failure = client.get("flaky/1?key=e&status=502&retry_after=7");
        assertEquals(502, failure.statusCode());
        assertEquals("7", failure.headers().firstValue("Retry-After").orElse(""));
    }

    @Test
    void postsFailAlike(DemoClient client) {
        assertEquals(503, client.send("POST", "flaky/1?key=f", "body").statusCode());
        assertEquals(200, client.send("POST", "flaky/1?key=f", "body").statusCode());
    }

    @Test
    void nothingFailsZeroTimes(DemoClient client) {
        assertEquals(200, client.status("flaky/0?key=g"));
    }

    @Test
    void theKeysUsedLongestAgoAreForgotten() {
        AttemptCounts counts = new AttemptCounts(2);
        counts.countUp("a");
        counts.countUp("b");
        assertEquals(2, counts.countUp("a"));
        counts.countUp("c");
        assertEquals(3, counts.countUp("a"));
        assertEquals(1, counts.countUp("b"));
    }
}
