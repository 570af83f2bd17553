package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each option does to requests, and to the run. */
class OptionsTest {
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
    void aHostGetsNoMoreAtOnceThanItsLimit() {
        server.resetCounters();
        String urls = String.join("\n", Collections.nCopies(40, base + "delay/0.02"));
        Result result = Cli.runWithInput(urls, "fetch", "-i", "-", "-c", "20", "--limit-per-host", "3");
        assertEquals(0, result.exitCode(), result.err());
        assertEquals(40, server.requests());
        assertTrue(server.maxInFlight() <= 3, "in flight: " + server.maxInFlight());
    }

    @Test
    void aTurnThatTheRateWouldGiveTooLateIsAFailure() {
        Result result = Cli.run(jsonl("--rate", "1/h", "--timeout", "30", base + "get", base + "get"));
        assertEquals(1, result.exitCode());
        List<String> types = result.json().stream()
                .map(line -> line.get("error").path("type").asText("none"))
                .sorted()
                .toList();
        assertEquals(List.of("RateTimeoutException", "none"), types);
    }

    @Test
    void whatFailedIsTriedAgain() {
        JsonNode line = only(Cli.run(jsonl("--retries", "2", base + "flaky/2?retry_after=0&key=retries")));
        assertEquals(200, line.get("status").intValue());
        assertEquals(3, line.get("attempts").intValue());
    }

    @Test
    void onlyWhatRetryOnNamesIsTriedAgain() {
        String flaky = base + "flaky/1?retry_after=0&key=on&status=";
        List<JsonNode> lines = Cli.run(jsonl(
                        "--retries", "1", "--retry-on", "500,timeout", flaky + 500, flaky.replace("on", "no") + 503))
                .json();
        assertEquals(200, lines.get(0).get("status").intValue());
        assertEquals(503, lines.get(1).get("status").intValue());
        assertEquals(1, lines.get(1).get("attempts").intValue());
    }

    @Test
    void aFailureIsTriedAgainWhereRetryOnNamesItsKind() {
        try (Peer closing = Peer.thatAnswers("")) {
            String[] disconnect = jsonl("--retries", "1", "--retry-on", "disconnect", closing.url());
            assertEquals(2, only(Cli.run(disconnect)).get("attempts").intValue());
            String[] timeout = jsonl("--retries", "1", "--retry-on", "timeout", closing.url());
            assertEquals(1, only(Cli.run(timeout)).get("attempts").intValue());
        }
    }

    @Test
    void redirectsHaveALimit() {
        JsonNode line = only(Cli.run(jsonl("--max-redirects", "2", base + "redirect/3")));
        assertEquals("TooManyRedirectsException", line.get("error").get("type").asText());
        assertEquals(2, line.get("redirects").intValue());
    }

    @Test
    void aRedirectThatIsNotFollowedIsTheResponse() {
        JsonNode line = only(Cli.run(jsonl("--no-redirects", base + "redirect/3")));
        assertEquals(302, line.get("status").intValue());
        assertEquals(0, line.get("redirects").intValue());
    }

    @Test
    void waitingForAConnectionHasALimit() {
        try (Peer silent = Peer.thatNeverAnswers()) {
            Result result = Cli.run(jsonl(
                    "--limit-per-host", "1", "--queue-timeout", "0.1", "--timeout", "2", silent.url(), silent.url()));
            List<String> types = result.json().stream()
                    .map(line -> line.get("error").get("type").asText())
                    .sorted()
                    .toList();
            assertEquals(List.of("QueueTimeoutException", "TotalTimeoutException"), types);
        }
    }

    @Test
    void aBodyThatIsTooLongIsAFailureAndNoFile() throws IOException {
        String[] args = jsonl("--max-body", "1K", "-o", directory.toString(), base + "bytes/1025", base + "bytes/1024");
        List<JsonNode> lines = Cli.run(args).json();
        assertEquals(
                "{\"type\":\"BodyTooLongException\",\"phase\":\"read\","
                        + "\"message\":\"the body is longer than 1024 bytes (--max-body)\"}",
                lines.get(0).get("error").toString());
        assertEquals(1024, lines.get(1).get("bytes").intValue());
        try (var files = Files.list(directory)) {
            assertEquals(List.of(directory.resolve("00002-1024")), files.toList());
        }
    }

    @Test
    void compressedBodiesAreLeftAsTheyAre() {
        JsonNode line = only(Cli.run(jsonl("--no-decompress", base + "gzip")));
        assertEquals("gzip", line.get("headers").get("Content-Encoding").get(0).asText());
    }

    @Test
    void theFirstFailureEndsTheRunIfItShould() {
        Result result =
                Cli.run("fetch", "--fail-fast", "-c", "2", base + "delay/10", base + "status/500", base + "get");
        assertEquals(1, result.exitCode());
        assertTrue(result.out().contains("requests  1 (0 succeeded, 1 failed)\ngiven up  1, after the first failure"));
    }

    @Test
    void cookiesAreSentWithEachRequest() throws IOException {
        JsonNode echo = saved("cookies", "-b", "a=1", "-b", "b=2=3");
        assertEquals("{\"a\":\"1\",\"b\":\"2=3\"}", echo.get("cookies").toString());
    }

    @Test
    void aCookieJarLastsFromOneRunToTheNext() throws IOException {
        Path jar = directory.resolve("jar.txt");
        String home = base.replace("127.0.0.1", "localhost");
        assertEquals(
                0,
                Cli.run("fetch", "--cookie-jar", jar.toString(), home + "cookies/set?kept=yes")
                        .exitCode());
        Path out = directory.resolve("out");
        Cli.run("fetch", "--cookie-jar", jar.toString(), "-o", out.toString(), home + "cookies");
        assertEquals(
                "yes",
                Cli.parse(Files.readString(out.resolve("00001-cookies")))
                        .get("cookies")
                        .get("kept")
                        .asText());
    }

    @Test
    void aCookieJarThatALinkLeadsToIsReplacedAndNotTheLink() throws IOException {
        String home = base.replace("127.0.0.1", "localhost");
        Path jar = Files.createFile(directory.resolve("jar.txt"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), jar);
        Result result = Cli.run("fetch", "--cookie-jar", link.toString(), home + "cookies/set?kept=yes");
        assertEquals(0, result.exitCode(), result.out());
        assertTrue(Files.readString(jar).contains("kept"));
        assertTrue(Files.isSymbolicLink(link));
    }

    @Test
    void aHostOfAnyLettersIsReachedWhereResolveSays() {
        String port = base.replaceAll("\\D+$", "").replaceAll(".*:", "");
        Result result = Cli.run(
                "fetch",
                "--resolve",
                "B\u00dccher.example:" + port + ":127.0.0.1",
                "http://b\u00fccher.example:" + port + "/get");
        assertEquals(0, result.exitCode(), result.out());
    }

    @Test
    void dataComesFromAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("data"), "from a file");
        JsonNode echo = saved("anything", "-d", "@" + file);
        assertEquals("POST", echo.get("method").asText());
        assertEquals("from a file", echo.get("data").asText());
        assertEquals(
                "application/octet-stream",
                echo.get("headers").get("Content-Type").asText());
    }

    @Test
    void aFormHasFieldsAndFiles() throws IOException {
        Path file = Files.writeString(directory.resolve("note.txt"), "a file");
        JsonNode echo = saved("anything", "-F", "a=1", "-F", "a=2", "-F", "note=@" + file);
        assertEquals("POST", echo.get("method").asText());
        assertEquals("[\"1\",\"2\"]", echo.get("form").get("a").toString());
        assertEquals("a file", echo.get("files").get("note").asText());
    }

    private JsonNode saved(String page, String... options) throws IOException {
        Path out = directory.resolve("saved");
        List<String> args = new ArrayList<>(List.of("fetch", "-o", out.toString(), base + page));
        args.addAll(List.of(options));
        Result result = Cli.run(args.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.err());
        return Cli.parse(Files.readString(out.resolve("00001-" + page)));
    }

    private static String[] jsonl(String... options) {
        List<String> args = new ArrayList<>(List.of("fetch", "--format", "jsonl"));
        args.addAll(List.of(options));
        return args.toArray(String[]::new);
    }

    private static JsonNode only(Result result) {
        assertEquals(1, result.json().size(), result.out() + result.err());
        return result.json().get(0);
    }
}
