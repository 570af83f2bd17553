package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.Cli.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --resume}: bodies that are there are not fetched again, and those there in part are gone on with. */
class ResumeOptionTest {
    private static final int STEP = 16 << 20;

    @TempDir
    private Path directory;

    @Test
    void aBodyGoesOnWhereTheRunWasKilled() throws Exception {
        try (FilePeer server = FilePeer.of(20 << 20)) {
            server.stallAt(STEP + (1 << 20));
            String[] args = args(server.url() + "a.bin");
            awaitStateAndKill(directory, () -> Cli.start(directory.resolve("messages"), args));
            assertEquals(List.of(), saved());
            server.stallAt(Integer.MAX_VALUE);
            JsonNode line = Cli.run(args).json().get(0);
            assertEquals(2, server.asked().size());
            long from = Long.parseLong(server.asked().get(1).replaceAll("GET /a.bin bytes=(\\d+)-.*", "$1"));
            assertTrue(
                    from >= STEP - 1 && from <= STEP + (1 << 20), server.asked().toString());
            assertEquals("206", line.get("status").asText());
            assertEquals(20 << 20, line.get("bytes").intValue());
            assertArrayEquals(
                    server.content(),
                    Files.readAllBytes(directory.resolve(line.get("file").asText())));
            JsonNode again = Cli.run(args).json().get(0);
            assertEquals(2, server.asked().size());
            assertEquals("0", again.get("attempts").asText());
            assertEquals(line.get("sha256"), again.get("sha256"));
            assertEquals(line.get("file"), again.get("file"));
            assertTrue(again.get("trailers").isNull(), again.toString());
        }
    }

    /** Kills the process as soon as it has put on disk how far it is. */
    static void awaitStateAndKill(Path directory, Supplier<Process> start) throws Exception {
        Process process = startAndAwait(directory, start, () -> {
            try (Stream<Path> files = Files.list(directory)) {
                return files.anyMatch(file -> file.toString().endsWith(".martlet-part.state"));
            }
        });
        process.destroyForcibly().waitFor();
    }

    /** Starts a process, and returns when what it does in {@code directory} makes {@code condition} true. */
    static Process startAndAwait(Path directory, Supplier<Process> start, Callable<Boolean> condition)
            throws Exception {
        try (WatchService watch = directory.getFileSystem().newWatchService()) {
            directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            Process process = start.get();
            do {
                WatchKey key = watch.poll(60, TimeUnit.SECONDS);
                assertTrue(key != null && process.isAlive(), "nothing happens");
                key.pollEvents();
                key.reset();
            } while (!condition.call());
            return process;
        }
    }

    @Test
    void whatIsThereIsKeptAndAnErrorIsNotSaved() throws Exception {
        try (FilePeer server = FilePeer.of(1_000)) {
            String[] args = {
                "fetch", "-c", "1", "--resume", "-o", directory.toString(), server.url() + "a", server.url() + "missing"
            };
            Cli.run(args);
            Result result = Cli.run(args);
            assertEquals(1, result.exitCode());
            assertTrue(result.out().contains("  1  kept                       1000"), result.out());
            assertTrue(result.out().contains("  2  404                           -"), result.out());
            assertTrue(result.out().contains("kept      1 of these was there"), result.out());
            assertEquals(List.of("GET /a", "GET /missing", "GET /missing"), server.asked());
            assertEquals(1, saved().size(), saved().toString());
        }
    }

    @Test
    void aFileIsKeptForItsOwnUrlAlone() throws Exception {
        try (DemoServer server = DemoServer.start(0)) {
            String a = server.baseUrl() + "anything/a/";
            String b = server.baseUrl() + "anything/b/";
            assertEquals(List.of("200", "200"), Cli.run(args(a, b)).json("status"));
            Result moved = Cli.run(args(server.baseUrl() + "anything/new/", a, b, a));
            assertEquals(List.of("200", "null", "null", "200"), moved.json("status"));
            for (JsonNode line : moved.json()) {
                String body =
                        Files.readString(directory.resolve(line.get("file").asText()));
                assertEquals(line.get("url"), Cli.parse(body).get("url"));
            }
        }
    }

    @Test
    void whatIsNoDownloadIsFetchedAsEverAndKeptForNobody() throws Exception {
        try (DemoServer server = DemoServer.start(0)) {
            String url = server.baseUrl() + "anything";
            assertEquals(List.of("200"), Cli.run(args("-d", "a", url)).json("status"));
            JsonNode again = Cli.run(args("-d", "a", url)).json().get(0);
            assertEquals("200", again.get("status").asText());
            String echo = Files.readString(directory.resolve(again.get("file").asText()));
            assertEquals("a", Cli.parse(echo).get("data").asText());
            String part = server.baseUrl() + "range/100";
            assertEquals(
                    List.of("206"),
                    Cli.run(args("-H", "Range: bytes=0-9", part)).json("status"));
            assertEquals(List.of("100"), Cli.run(args(part)).json("bytes"));
        }
    }

    @Test
    void errorsOfAnyMethodLeaveNoFile() throws Exception {
        try (DemoServer server = DemoServer.start(0)) {
            String url = server.baseUrl() + "status/500";
            JsonNode line = Cli.run(args("-X", "POST", url)).json().get(0);
            assertEquals("500", line.get("status").asText());
            assertTrue(line.get("file").isNull(), line.toString());
            assertEquals(List.of(), saved());
        }
    }

    @Test
    void anAnswerThatIsNoFileIsNoSuccess() throws Exception {
        try (DemoServer server = DemoServer.start(0)) {
            String base = server.baseUrl();
            Result result = Cli.run(args("--no-redirects", base + "status/202", base + "redirect/1"));
            assertEquals(1, result.exitCode());
            assertEquals(List.of("202", "302"), result.json("status"));
            assertEquals(
                    "status 202 brings no whole file to save, and --resume saves no other",
                    result.json().get(0).at("/error/message").asText());
            assertEquals(List.of(), saved());
        }
    }

    @Test
    void redirectsAreCountedAcrossRetries() throws Exception {
        try (DemoServer server = DemoServer.start(0)) {
            String base = server.baseUrl();
            String url = base + "redirect-to?url=" + base + "flaky/1?key=resume";
            JsonNode line = Cli.run(args("--retries", "1", url)).json().get(0);
            assertEquals("200", line.get("status").asText());
            assertEquals(1, line.get("redirects").intValue());
        }
    }

    @Test
    @Timeout(60)
    void noDigestIsMadeWhereNobodyReadsIt() throws Exception {
        try (FilePeer server = FilePeer.of(1_000)) {
            String[] args = {"fetch", "--resume", "-o", directory.toString(), server.url() + "a"};
            Cli.run(args);
            // A hole, which takes no room on disk; to read it takes the better part of an hour.
            try (RandomAccessFile file =
                    new RandomAccessFile(directory.resolve(saved().get(0)).toFile(), "rw")) {
                file.setLength(1L << 40);
            }
            assertTrue(Cli.run(args).out().contains("1099511627776"));
        }
    }

    @Test
    void redirectsAreCountedAndMaxBodyHolds() throws Exception {
        try (DemoServer server = DemoServer.start(0)) {
            String base = server.baseUrl();
            Result result = Cli.run(args("--max-body", "1K", base + "redirect/2", base + "bytes/1025"));
            JsonNode followed = result.json().get(0);
            assertEquals(2, followed.get("redirects").intValue());
            assertEquals(base + "get", followed.get("finalUrl").asText());
            assertEquals(1, followed.get("attempts").intValue());
            JsonNode tooLong = result.json().get(1);
            assertEquals("PayloadException", tooLong.get("error").get("type").asText());
            try (Stream<Path> all = Files.list(directory)) {
                // No part of what is too long stays, nor what says how far it is.
                assertEquals(List.of(directory.resolve(followed.get("file").asText())), all.toList());
            }
        }
    }

    @Test
    void itNeedsADirectory() {
        Result result = Cli.run("fetch", "--resume", "http://127.0.0.1:1/");
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("--resume needs --output-dir"), result.err());
    }

    /** The names of all files that are whole. */
    private List<String> saved() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> !name.contains(".martlet-part") && !name.equals("messages"))
                    .toList();
        }
    }

    private String[] args(String... more) {
        List<String> args =
                new ArrayList<>(List.of("fetch", "--resume", "-o", directory.toString(), "--format", "jsonl"));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }
}
