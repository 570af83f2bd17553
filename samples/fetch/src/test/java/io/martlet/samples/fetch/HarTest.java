package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.martlet.samples.demo.DemoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that --har writes: what HAR 1.2 asks for in each entry, and no secret. */
class HarTest {
    private static final List<String> TIMES = List.of("blocked", "dns", "connect", "ssl", "send", "wait", "receive");

    private static DemoServer server;
    private static String base;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        server = DemoServer.start(0);
        base = server.baseUrl();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void eachRequestIsAnEntryRedirectsAndFailuresIncluded() throws IOException {
        List<JsonNode> entries = entries("-c", "1", base + "redirect/1", Peer.refusingUrl(), base + "status/404");
        assertEquals(4, entries.size());
        assertEquals(List.of(302, 200, 0, 404), statuses(entries));
        JsonNode redirect = entries.get(0).get("response");
        assertTrue(redirect.get("redirectURL").asText().endsWith("get"), redirect.toString());
        assertEquals("OK", entries.get(1).get("response").get("statusText").asText());
        assertTrue(entries.get(2).get("_error").asText().startsWith("Cannot connect"));
        assertEquals("127.0.0.1", entries.get(3).get("serverIPAddress").asText());
    }

    @Test
    void anEntryHasAllThatTheFormatAsksFor() throws IOException {
        JsonNode entry =
                entries("-X", "POST", "-d", "abc", base + "anything?a=1&b").get(0);
        JsonNode request = entry.get("request");
        assertEquals("POST", request.get("method").asText());
        assertEquals(base + "anything?a=1&b", request.get("url").asText());
        assertEquals(
                "[{\"name\":\"a\",\"value\":\"1\"},{\"name\":\"b\",\"value\":\"\"}]",
                request.get("queryString").toString());
        assertEquals(3, request.get("bodySize").intValue());
        for (JsonNode message : List.of(request, entry.get("response"))) {
            assertEquals("HTTP/1.1", message.get("httpVersion").asText());
            assertTrue(message.get("cookies").isArray());
            assertEquals(-1, message.get("headersSize").intValue());
            assertTrue(message.get("headers").size() > 0, message.toString());
        }
        JsonNode content = entry.get("response").get("content");
        assertTrue(content.get("size").longValue() > 0, content.toString());
        assertTrue(content.get("mimeType").asText().startsWith("application/json"), content.toString());
        assertTrue(entry.get("cache").isObject());
        Instant.parse(entry.get("startedDateTime").asText());
        double sum = 0;
        for (String time : TIMES) {
            double millis = entry.get("timings").get(time).asDouble(Double.NaN);
            assertTrue(millis >= 0 || millis == -1, time + " is " + millis);
            sum += time.equals("ssl") ? 0 : Math.max(0, millis);
        }
        assertEquals(sum, entry.get("time").doubleValue(), 0.01);
    }

    @Test
    void secretsAreHiddenUnlessAskedFor() throws IOException {
        String[] options = {
            "-u", "me:hunter2", "-b", "a=hunter2", "-H", "X-Api-Key: hunter2", base + "cookies/set?token=hunter2"
        };
        entries(options);
        assertFalse(Files.readString(archive()).contains("hunter2"));
        String[] shown = new String[options.length + 1];
        System.arraycopy(options, 0, shown, 0, options.length);
        shown[options.length] = "--show-secrets";
        entries(shown);
        assertTrue(Files.readString(archive()).contains("hunter2"));
    }

    private Path archive() {
        return directory.resolve("run.har");
    }

    private List<JsonNode> entries(String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of("fetch", "--har", archive().toString()));
        args.addAll(List.of(options));
        Cli.run(args.toArray(String[]::new));
        JsonNode log = Cli.parse(Files.readString(archive())).get("log");
        assertEquals("1.2", log.get("version").asText());
        assertEquals("martlet", log.get("creator").get("name").asText());
        assertEquals("0.1", log.get("creator").get("version").asText());
        List<JsonNode> entries = new ArrayList<>();
        log.get("entries").forEach(entries::add);
        return entries;
    }

    private static List<Integer> statuses(List<JsonNode> entries) {
        return entries.stream()
                .map(entry -> entry.get("response").get("status").intValue())
                .toList();
    }
}
