package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.Cli.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of requests, and of the others in the same run, when something goes wrong. */
class FailuresTest {
    private static final List<String> OF_CONNECTION = List.of("remoteAddress", "reused", "tls", "timings");

    @Test
    void eachFailureHasItsOwnTypePhaseAndMessageAndTheOthersTheirResults() {
        try (DemoServer server = DemoServer.start(0);
                Peer closing = Peer.thatAnswers("");
                Peer truncating = Peer.thatAnswers("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
                Peer babbling = Peer.thatAnswers("Good day\r\n\r\n")) {
            String base = server.baseUrl();
            String refusing = Peer.refusingUrl();
            Result result = Cli.run(
                    "fetch",
                    "--format",
                    "jsonl",
                    base + "get",
                    refusing,
                    "http://nosuch.invalid/",
                    base + "status/404",
                    base + "status/500",
                    closing.url(),
                    truncating.url(),
                    babbling.url(),
                    "example.com",
                    base + "uuid");
            assertEquals(1, result.exitCode());
            List<JsonNode> lines = result.json();
            assertEquals(200, lines.get(0).get("status").intValue());
            assertFailed("ConnectorException", "connect", "Cannot connect to " + hostAndPort(refusing), lines.get(1));
            assertFailed("DnsException", "dns", "Cannot resolve host nosuch.invalid", lines.get(2));
            assertEquals(404, lines.get(3).get("status").intValue());
            assertEquals(500, lines.get(4).get("status").intValue());
            assertFailed(
                    "ServerDisconnectedException",
                    "first byte",
                    "GET " + closing.url() + ": the server closed the connection",
                    lines.get(5));
            assertFailed(
                    "TruncatedBodyException",
                    "read",
                    "GET " + truncating.url() + ": the body ended after 3 of 100 bytes",
                    lines.get(6));
            assertFailed("ProtocolException", "read", "GET " + babbling.url() + ": not an HTTP response", lines.get(7));
            assertFailed(
                    "InvalidUrlException", "request", "Invalid URL \"example.com\": it has no scheme", lines.get(8));
            assertEquals(200, lines.get(9).get("status").intValue());
            assertTrue(result.err().contains("requests  10 (2 succeeded, 8 failed)\n"), result.err());
        }
    }

    @Test
    void aSilentServerReachesTheReadTimeout() {
        try (Peer silent = Peer.thatNeverAnswers()) {
            Result result = Cli.run("fetch", "--format", "jsonl", "--read-timeout", "0.3", silent.url());
            assertEquals(1, result.exitCode());
            JsonNode line = result.json().get(0);
            assertFailed("ReadTimeoutException", "first byte", "GET " + silent.url() + ": no response for", line);
            assertTrue(line.get("error").get("message").asText().endsWith("(limit socketRead = 300 ms)"), result.out());
        }
    }

    @Test
    void aSilentServerReachesTheTotalTimeout() {
        try (Peer silent = Peer.thatNeverAnswers()) {
            Result result = Cli.run("fetch", "--format", "jsonl", "--timeout", "0.3", silent.url());
            JsonNode line = result.json().get(0);
            assertFailed("TotalTimeoutException", "total", "GET " + silent.url() + " was not done after", line);
        }
    }

    @Test
    void userInfoBesideAnAuthorizationHeaderIsAFailedLine() {
        Result result = Cli.run(
                "fetch", "--format", "jsonl", "-H", "Authorization: Bearer x", "http://me:hunter2@127.0.0.1:1/");
        String message = "url http://127.0.0.1:1/ names a user, and there is an Authorization header too";
        assertFailed(
                "IllegalArgumentException", "request", message, result.json().get(0));
    }

    @Test
    void aServerKilledMidwayEndsInFailures() {
        try (DemoServer server = DemoServer.start(0)) {
            Runnable kill = server::close;
            OutputStream killing = new ByteArrayOutputStream() {
                @Override
                public synchronized void write(byte[] bytes, int offset, int length) {
                    super.write(bytes, offset, length);
                    kill.run();
                }
            };
            String urls = String.join("\n", Collections.nCopies(500, server.baseUrl() + "delay/0.02"));
            InputStream in = new ByteArrayInputStream(urls.getBytes(StandardCharsets.UTF_8));
            Result result = Cli.run(in, killing, "fetch", "-i", "-", "--format", "jsonl");
            assertEquals(1, result.exitCode());
            List<String> statuses = result.json("status");
            assertEquals(500, statuses.size());
            assertEquals("200", statuses.get(0));
            assertEquals("null", statuses.get(499));
        }
    }

    @Test
    void anOutputThatNobodyReadsEndsQuietly() {
        Result result = runWithBrokenOutput("Broken pipe");
        assertEquals(141, result.exitCode());
        assertEquals("", result.err());
    }

    @Test
    void anOutputThatIsFullIsTold() {
        Result result = runWithBrokenOutput("No space left on device");
        assertEquals(1, result.exitCode());
        assertEquals("martlet: cannot write the results: No space left on device\n", result.err());
    }

    @Test
    void soIsItForCommandsThatAreOnlyPrinted() {
        assertEquals(141, runWithBrokenOutput("Broken pipe", "--dry-run").exitCode());
        Result full = runWithBrokenOutput("No space left on device", "--dry-run");
        assertEquals(1, full.exitCode());
        assertEquals("martlet: cannot write the results: No space left on device\n", full.err());
    }

    @Test
    void anInputThatCannotBeReadOnIsToldWhereNothingIsSentToo() {
        Result result = Cli.runWithInput("http://x/\n" + "x".repeat(70_000), "fetch", "--dry-run", "-i", "-");
        assertEquals(1, result.exitCode());
        assertEquals(
                "martlet: cannot read on from --input after 1 lines: a line is longer than 65536 characters\n",
                result.err());
        assertTrue(result.out().endsWith(" http://x/\n"), result.out());
    }

    private static Result runWithBrokenOutput(String reason, String... options) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
        List<String> args = new ArrayList<>(List.of("fetch", Peer.refusingUrl()));
        args.addAll(List.of(options));
        return Cli.run(InputStream.nullInputStream(), broken, args.toArray(String[]::new));
    }

    private static void assertFailed(String type, String phase, String messageStart, JsonNode line) {
        JsonNode error = line.get("error");
        assertEquals(
                type + " " + phase,
                error.get("type").asText() + " " + error.get("phase").asText());
        assertTrue(error.get("message").asText().startsWith(messageStart), error.toString());
        List<String> nulls = new ArrayList<>();
        line.properties().forEach(field -> {
            // How far the connection came is not the same for all.
            if (field.getValue().isNull() && !OF_CONNECTION.contains(field.getKey())) {
                nulls.add(field.getKey());
            }
        });
        assertEquals(
                List.of(
                        "finalUrl",
                        "status",
                        "reason",
                        "httpVersion",
                        "bytes",
                        "sha256",
                        "file",
                        "redirects",
                        "headers",
                        "trailers",
                        "protocol"),
                nulls);
    }

    private static String hostAndPort(String url) {
        return url.substring("http://".length(), url.length() - 1);
    }
}
