package io.martlet.samples.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.martlet.samples.demo.DemoServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What --report writes, when, and where. */
class ReportOptionTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

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
    void aProcessWritesEachRequestRedirectsRetriesAndFailuresIncluded() throws Exception {
        Process fetch = process(
                "--retries",
                "1",
                base + "redirect/2",
                base + "flaky/1?retry_after=0&key=report",
                base + "status/404",
                Peer.refusingUrl() + "gone",
                "no url");
        fetch.getInputStream().readAllBytes();
        assertEquals(1, exitCode(fetch), Files.readString(directory.resolve("messages")));
        JsonNode rows = rows();
        assertEquals(
                List.of(
                        "200 /redirect/2",
                        "200 /flaky/1?retry_after=0&key=***",
                        "404 /status/404",
                        "0 /gone",
                        "0  no url"),
                outcomes(rows));
        assertEquals(2, rows.get(1).get(7).intValue());
        assertEquals("ConnectorException", rows.get(3).get(8).asText());
        String page = page();
        assertTrue(page.contains("5 requests to "), page);
        for (String stage : List.of("connecting", "sending", "waiting for the first byte", "receiving")) {
            assertTrue(page.contains("\n" + stage + ": "), stage);
        }
    }

    @Test
    void aProcessThatIsInterruptedWritesWhatIsDone() throws Exception {
        Process fetch = process(base + "get", base + "delay/10", base + "delay/10");
        try (BufferedReader out = fetch.inputReader(UTF_8)) {
            out.readLine();
            assertTrue(out.readLine().startsWith("  1  200"));
            assertFalse(Files.exists(file()), "nothing is there before it is whole");
            new ProcessBuilder("kill", "-TERM", String.valueOf(fetch.pid()))
                    .start()
                    .waitFor();
            out.lines().toList();
        }
        assertEquals(130, exitCode(fetch));
        assertEquals(List.of("200 /get"), outcomes(rows()));
        assertTrue(page().contains("The run ended early, interrupted: 2 under way were given up."), page());
        assertEquals(List.of("messages", "report.html"), files());
    }

    @Test
    void aProcessWhoseReaderWentAwayWritesWhatItHas() throws Exception {
        Process fetch;
        try (Peer silent = Peer.thatNeverAnswers()) {
            fetch = process("-c", "1", base + "get", silent.url(), base + "get");
            BufferedReader out = fetch.inputReader(UTF_8);
            assertTrue(out.readLine().startsWith("  #"));
            out.close();
        }
        assertEquals(141, exitCode(fetch));
        assertTrue(page().contains("The run ended early, nobody read its output"), page());
    }

    @Test
    void noSecretIsInItUnlessAskedFor() throws IOException {
        String[] options = {
            "-u",
            "me:hunter2",
            "-b",
            "a=hunter2",
            "-H",
            "X-Api-Key: hunter2",
            base.replace("//", "//me:hunter2@") + "get?token=hunter2",
            "http://me:hunter2@[/?token=hunter2",
            "http://me:hunter2@" + Peer.refusingUrl().substring(7) + "?password=hunter2",
            base + "get?token=hunter2\u2028"
        };
        run(options);
        assertFalse(page().contains("hunter2"), () -> where(page(), "hunter2"));
        run(Stream.concat(Stream.of("--show-secrets"), Stream.of(options)).toArray(String[]::new));
        assertTrue(page().contains("hunter2"));
    }

    @Test
    void whatWasThereIsReplacedWhereALinkLeads() throws IOException {
        Path there = Files.writeString(directory.resolve("there.html"), "old");
        Files.createSymbolicLink(file(), there);
        run(base + "get");
        assertTrue(Files.isSymbolicLink(file()));
        assertTrue(Files.readString(there).startsWith("<!DOCTYPE html>"));
        assertEquals(List.of("report.html", "there.html"), files());
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefusedBeforeAnythingIsSent() {
        server.resetCounters();
        assertEquals(
                "martlet fetch: Invalid value for option '--report': cannot write '" + directory + "': is a directory",
                Cli.run("fetch", "--report", directory.toString(), base + "get")
                        .err()
                        .lines()
                        .findFirst()
                        .orElse(""));
        Cli.Result missing =
                Cli.run("fetch", "--report", directory.resolve("no/such").toString(), base + "get");
        assertEquals(2, missing.exitCode());
        assertTrue(missing.err().contains("no such file"), missing.err());
        assertEquals(0, server.requests());
    }

    @Test
    void anEngineThatTellsNothingHasAReportWithoutPhases() throws IOException {
        run("--engine", "cio", base + "get");
        assertEquals(List.of("200 /get"), outcomes(rows()));
        assertTrue(page().contains("Nothing was heard of the phases"));
    }

    @Test
    void theFirstFailureThatEndedTheRunIsToldOf() throws IOException {
        run("--fail-fast", "-c", "1", base + "status/500", base + "get");
        assertTrue(page().contains("The run ended early, after the first failure."), page());
    }

    private void run(String... options) {
        Cli.run(Stream.concat(Stream.of("fetch", "--report", file().toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    private Process process(String... options) {
        return Cli.start(
                directory.resolve("messages"),
                Stream.concat(Stream.of("fetch", "--report", file().toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process.exitValue();
    }

    private Path file() {
        return directory.resolve("report.html");
    }

    private String page() {
        try {
            return Files.readString(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private JsonNode rows() {
        Matcher data = DATA.matcher(page());
        assertTrue(data.find());
        return Cli.parse(data.group(1)).get("rows");
    }

    private static List<String> outcomes(JsonNode rows) {
        return Stream.iterate(0, i -> i < rows.size(), i -> i + 1)
                .map(rows::get)
                .map(row -> row.get(3).asText() + " " + row.get(2).asText())
                .toList();
    }

    private static String where(String page, String text) {
        int at = page.indexOf(text);
        return page.substring(Math.max(0, at - 100), Math.min(page.length(), at + 50));
    }
}
