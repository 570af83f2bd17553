package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {
    private static final String SHA256_OF_HELLO = "185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969";
    private static final List<String> KEYS = List.of(
            "index",
            "url",
            "finalUrl",
            "status",
            "reason",
            "httpVersion",
            "bytes",
            "sha256",
            "file",
            "elapsedMs",
            "attempts",
            "redirects",
            "headers",
            "trailers",
            "remoteAddress",
            "reused",
            "protocol",
            "tls",
            "timings",
            "error");

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
    void withoutUrlsAHundredComeFromADemoServer() {
        Result result = Cli.run("fetch");
        assertEquals(0, result.exitCode());
        assertTrue(result.err().startsWith("Fetching from a demo server at http://127.0.0.1:"), result.err());
        List<String> lines = result.out().lines().toList();
        assertEquals("  #  status                    bytes       ms  URL", lines.get(0));
        assertTrue(lines.subList(1, 101).stream().allMatch(line -> line.matches(" *\\d+  200 .*")), result.out());
        assertEquals("requests  100 (100 succeeded, 0 failed)", lines.get(102));
    }

    @Test
    void resultsAreInTheOrderOfTheUrls() {
        List<String> urls = List.of(base + "delay/0.3", base + "delay/0.2", base + "delay/0.1", base + "get");
        Result result = Cli.run(args(urls, "fetch", "--format", "jsonl"));
        assertEquals(urls, result.json("url"));
        assertEquals(List.of("0", "1", "2", "3"), result.json("index"));
    }

    @Test
    void aJsonLineTellsAllOfAResponse() {
        String url = base + "response-headers?X-Twice=1&X-Twice=2";
        JsonNode line = onlyLine(Cli.run("fetch", "--format", "jsonl", url));
        assertEquals(KEYS, keys(line));
        assertEquals(url, line.get("url").asText());
        assertEquals(url, line.get("finalUrl").asText());
        assertEquals(200, line.get("status").intValue());
        assertEquals("OK", line.get("reason").asText());
        assertEquals("HTTP/1.1", line.get("httpVersion").asText());
        assertEquals(
                line.get("headers").get("content-length").get(0).asText(),
                line.get("bytes").asText());
        assertTrue(line.get("elapsedMs").isIntegralNumber());
        assertEquals(1, line.get("attempts").intValue());
        assertEquals(0, line.get("redirects").intValue());
        assertEquals("[\"1\",\"2\"]", line.get("headers").get("X-Twice").toString());
        assertTrue(line.get("error").isNull());
    }

    @Test
    void theDigestIsThatOfTheBody() {
        JsonNode line = onlyLine(Cli.run("fetch", "--format", "jsonl", base + "base64/SGVsbG8="));
        assertEquals(5, line.get("bytes").intValue());
        assertEquals(SHA256_OF_HELLO, line.get("sha256").asText());
    }

    @Test
    void aStatusOf404IsAResponseAndNoSuccess() {
        Result result = Cli.run("fetch", "--format", "jsonl", base + "status/404", base + "get");
        assertEquals(1, result.exitCode());
        assertEquals(List.of("404", "200"), result.json("status"));
        assertEquals(List.of("null", "null"), result.json("error"));
        assertTrue(result.err().contains("statuses  2xx 1, 4xx 1\n"), result.err());
    }

    @Test
    void redirectsAreFollowedAndCounted() {
        JsonNode line = onlyLine(Cli.run("fetch", "--format", "jsonl", base + "redirect/3"));
        assertEquals(3, line.get("redirects").intValue());
        assertEquals(base + "get", line.get("finalUrl").asText());
    }

    @Test
    void oneRedirectTooManyIsAFailureWithAStatus() {
        JsonNode line = onlyLine(Cli.run("fetch", "--format", "jsonl", base + "redirect/11"));
        assertEquals(KEYS, keys(line));
        assertEquals(302, line.get("status").intValue());
        assertEquals(10, line.get("redirects").intValue());
        assertEquals("TooManyRedirectsException", line.get("error").get("type").asText());
        assertEquals("response", line.get("error").get("phase").asText());
    }

    @Test
    void methodHeadersAndJsonAreSent() throws IOException {
        JsonNode echo = echo("-X", "put", "-H", "X-A: 1", "-H", "x-a: 2", "--json", "{\"a\": 1}");
        assertEquals("PUT", echo.get("method").asText());
        assertEquals("{\"a\": 1}", echo.get("data").asText());
        assertEquals("application/json", echo.get("headers").get("Content-Type").asText());
        assertEquals("1,2", echo.get("headers").get("X-A").asText());
        assertEquals("martlet-fetch/0.1", echo.get("headers").get("User-Agent").asText());
    }

    @Test
    void dataIsPostedAndHeadersReplaceTheCommandsOwn() throws IOException {
        JsonNode echo = echo("-d", "home", "-H", "User-Agent: me", "-H", "Content-Type: text/x");
        assertEquals("POST", echo.get("method").asText());
        assertEquals("home", echo.get("data").asText());
        assertEquals("text/x", echo.get("headers").get("Content-Type").asText());
        assertEquals("me", echo.get("headers").get("User-Agent").asText());
    }

    @Test
    void bodiesAreSavedByNumberAndName() throws IOException {
        Path saved = directory.resolve("new");
        Result result = Cli.run(
                "fetch", "-o", saved.toString(), base + "base64/SGVsbG8=", base + "bytes/70000", Peer.refusingUrl());
        assertEquals(1, result.exitCode());
        assertEquals("Hello", Files.readString(saved.resolve("00001-SGVsbG8_")));
        assertEquals(70_000, Files.size(saved.resolve("00002-70000")));
        try (var files = Files.list(saved)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void urlsComeFromStandardInput() {
        String input = "# two\n\n" + base + "get\n  " + base + "uuid\r\n";
        assertEquals(
                List.of(base + "get", base + "uuid"),
                Cli.runWithInput(input, "fetch", "-i", "-", "--format", "jsonl").json("url"));
    }

    @Test
    void urlsComeFromAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("urls"), base + "get\n" + base + "uuid");
        assertEquals(
                List.of(base + "get", base + "uuid"),
                Cli.run("fetch", "-i", file.toString(), "--format", "jsonl").json("url"));
    }

    @Test
    void noUrlsAtAllAreNoFailure() {
        Result result = Cli.runWithInput("# nothing\n", "fetch", "-i", "-");
        assertEquals(0, result.exitCode());
        assertTrue(result.out().contains("requests  0 (0 succeeded, 0 failed)\n"), result.out());
    }

    @Test
    void anInputThatBreaksOffIsToldAfterTheResultsBefore() {
        Result result = Cli.runWithInput(base + "get\n" + "x".repeat(70_000), "fetch", "-i", "-", "--format", "jsonl");
        assertEquals(1, result.exitCode());
        assertEquals(List.of("200"), result.json("status"));
        assertTrue(
                result.err()
                        .contains("cannot read on from --input after 1 lines: a line is longer than 65536 characters"),
                result.err());
    }

    @Test
    void theServerNeverSeesMoreAtOnceThanAllowed() {
        server.resetCounters();
        String urls = IntStream.range(0, 300)
                .mapToObj(i -> base + (i % 3 == 0 ? "delay/0.02" : "get"))
                .collect(Collectors.joining("\n"));
        assertEquals(0, Cli.runWithInput(urls, "fetch", "-i", "-", "-c", "7").exitCode());
        assertEquals(300, server.requests());
        assertTrue(server.maxInFlight() <= 7, "in flight: " + server.maxInFlight());
        assertTrue(server.maxInFlight() > 1, "in flight: " + server.maxInFlight());
    }

    @Test
    void userInfoIsUsedAndNeverShown() {
        String secret = base.replace("//", "//me:hunter2@") + "basic-auth/me/hunter2?q=1";
        for (String format : List.of("table", "jsonl")) {
            Result result =
                    Cli.run("fetch", "--format", format, secret, secret.replace("http", "ftp"), "//me:hunter2@x");
            assertTrue(result.out().contains("200"), result.out());
            assertTrue(result.out().contains("basic-auth/me/hunter2?q=1"), "the query is kept: " + result.out());
            assertFalse((result.out() + result.err()).contains("me:hunter2"), result.out());
        }
    }

    private JsonNode echo(String... options) throws IOException {
        List<String> saved = List.of("-o", directory.toString(), base + "anything");
        assertEquals(0, Cli.run(args(saved, args(List.of(options), "fetch"))).exitCode());
        return Cli.parse(Files.readString(directory.resolve("00001-anything")));
    }

    private static String[] args(List<String> last, String... first) {
        List<String> args = new ArrayList<>(List.of(first));
        args.addAll(last);
        return args.toArray(String[]::new);
    }

    private static JsonNode onlyLine(Result result) {
        assertEquals(1, result.json().size(), result.out());
        return result.json().get(0);
    }

    private static List<String> keys(JsonNode line) {
        List<String> keys = new ArrayList<>();
        line.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
