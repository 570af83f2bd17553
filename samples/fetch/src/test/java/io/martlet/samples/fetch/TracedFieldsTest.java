package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.Cli.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What JSON lines and CSV say of connections and of the time that each phase took. */
class TracedFieldsTest {
    private static final List<String> PHASES =
            List.of("queue", "dns", "connect", "tls", "send", "firstByte", "receive");

    private static DemoServer server;
    private static String base;

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
    void aNewConnectionIsTimedAndAKeptOneSaysSo() {
        List<JsonNode> lines = Cli.run("fetch", "--format", "jsonl", "-c", "1", base + "get", base + "get")
                .json();
        assertEquals(
                "127.0.0.1:" + server.port(), lines.get(0).get("remoteAddress").asText());
        assertEquals("http/1.1", lines.get(0).get("protocol").asText());
        assertFalse(lines.get(0).get("reused").asBoolean(true));
        assertEquals(List.of("dns", "connect", "send", "firstByte", "receive"), phases(lines.get(0)));
        assertTrue(lines.get(1).get("reused").asBoolean());
        assertEquals(List.of("send", "firstByte", "receive"), phases(lines.get(1)));
        assertTrue(lines.get(1).get("tls").isNull());
    }

    @Test
    void theTimingsAreThoseOfTheLastRequestOfAChain() {
        JsonNode line = Cli.run("fetch", "--format", "jsonl", base + "redirect/2")
                .json()
                .get(0);
        assertTrue(line.get("reused").asBoolean());
        assertEquals(List.of("send", "firstByte", "receive"), phases(line));
    }

    @Test
    void aConnectionThatFailedHasNoAddressAndNoLaterPhase() {
        JsonNode line =
                Cli.run("fetch", "--format", "jsonl", Peer.refusingUrl()).json().get(0);
        assertTrue(line.get("remoteAddress").isNull());
        assertTrue(line.get("reused").isNull());
        assertFalse(phases(line).contains("send"));
    }

    @Test
    void trailersAreShown() {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Sum: 7\r\n\r\n";
        try (Peer peer = Peer.thatAnswers(chunked)) {
            JsonNode line =
                    Cli.run("fetch", "--format", "jsonl", peer.url()).json().get(0);
            assertEquals("{\"X-Sum\":[\"7\"]}", line.get("trailers").toString());
        }
    }

    @Test
    void keptConnectionsSayHowTheyAreSecured(@TempDir Path keys) throws Exception {
        TlsPeer.makeCertificate(keys, "server");
        TlsPeer.makeCertificate(keys, "client");
        try (TlsPeer peer = TlsPeer.start(keys, "TLSv1.3")) {
            List<JsonNode> lines = Cli.run("fetch", "-k", "-c", "1", "--format", "jsonl", peer.url(), peer.url())
                    .json();
            for (JsonNode line : lines) {
                assertEquals("TLSv1.3", line.get("tls").get("version").asText(), line.toString());
            }
            assertTrue(phases(lines.get(0)).contains("tls"));
            assertTrue(lines.get(1).get("reused").asBoolean());
        }
    }

    @Test
    void anEngineThatTellsNothingLeavesThemEmpty() {
        JsonNode line = Cli.run("fetch", "--engine", "cio", "--format", "jsonl", base + "get")
                .json()
                .get(0);
        assertEquals(200, line.get("status").intValue());
        assertTrue(line.get("timings").isNull());
        assertTrue(line.get("remoteAddress").isNull());
    }

    @Test
    void csvHasALineForEach() {
        Result result = Cli.run("fetch", "--format", "csv", base + "bytes/7?a=1,2", "nonsense");
        List<String> lines = result.out().lines().toList();
        assertEquals(3, lines.size(), result.out());
        assertTrue(lines.get(0).startsWith("index,url,finalUrl,status,bytes,sha256,file,elapsedMs"), lines.get(0));
        assertTrue(lines.get(1).startsWith("0,\"" + base + "bytes/7?a=1,2\","), lines.get(1));
        assertTrue(lines.get(1).contains(",200,7,"), lines.get(1));
        assertTrue(lines.get(1).contains(",127.0.0.1:" + server.port() + ",false,,"), lines.get(1));
        assertTrue(lines.get(2).contains(",InvalidUrlException,request,\"Invalid URL \"\"nonsense\"\""), lines.get(2));
        assertTrue(result.err().contains("requests  2 (1 succeeded, 1 failed)"), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cookies/set?session=hunter2", "response-headers?X-Auth-Token=hunter2"})
    void secretsOfResponsesAreShownOnRequestOnly(String page) {
        Result hidden = Cli.run("fetch", "--format", "jsonl", "--no-redirects", base + page);
        assertFalse(hidden.json().get(0).get("headers").toString().contains("hunter2"), hidden.out());
        Result shown = Cli.run("fetch", "--format", "jsonl", "--no-redirects", "--show-secrets", base + page);
        assertTrue(shown.json().get(0).get("headers").toString().contains("hunter2"), shown.out());
    }

    /** The phases that took a time, each of which is a number of milliseconds. */
    private static List<String> phases(JsonNode line) {
        JsonNode timings = line.get("timings");
        List<String> names = new ArrayList<>();
        timings.fieldNames().forEachRemaining(names::add);
        assertEquals(PHASES, names);
        return names.stream()
                .filter(name -> !timings.get(name).isNull() && timings.get(name).asDouble(-1) >= 0)
                .toList();
    }
}
