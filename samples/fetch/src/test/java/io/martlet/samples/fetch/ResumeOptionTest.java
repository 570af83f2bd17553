package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.Cli.Result;
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
            assertFalse(Files.exists(directory.resolve("00001-a.bin")));
            server.stallAt(Integer.MAX_VALUE);
            JsonNode line = Cli.run(args).json().get(0);
            assertEquals(2, server.asked().size());
            long from = Long.parseLong(server.asked().get(1).replaceAll("GET /a.bin bytes=(\\d+)-.*", "$1"));
            assertTrue(
                    from >= STEP - 1 && from <= STEP + (1 << 20), server.asked().toString());
            assertEquals("206", line.get("status").asText());
            assertEquals(20 << 20, line.get("bytes").intValue());
            assertArrayEquals(server.content(), Files.readAllBytes(directory.resolve("00001-a.bin")));
            JsonNode again = Cli.run(args).json().get(0);
            assertEquals(2, server.asked().size());
            assertEquals("0", again.get("attempts").asText());
            assertEquals(line.get("sha256"), again.get("sha256"));
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
            Files.writeString(directory.resolve("00001-a"), "there");
            Result result = Cli.run(
                    "fetch", "--resume", "-o", directory.toString(), server.url() + "a", server.url() + "missing");
            assertEquals(1, result.exitCode());
            assertTrue(result.out().contains("  1  kept                          5"), result.out());
            assertTrue(result.out().contains("  2  404                           -"), result.out());
            assertTrue(result.out().contains("kept      1 of these was there"), result.out());
            assertEquals(List.of("GET /missing"), server.asked());
            assertFalse(Files.exists(directory.resolve("00002-missing")));
        }
    }

    @Test
    void whatIsNoDownloadIsFetchedAsEver() throws Exception {
        try (DemoServer server = DemoServer.start(0)) {
            String url = server.baseUrl() + "anything";
            assertEquals(List.of("200"), Cli.run(args("-d", "a", url)).json("status"));
            assertEquals(List.of("200"), Cli.run(args("-d", "b", url)).json("status"));
            String echo = Files.readString(directory.resolve("00001-anything"));
            assertEquals("b", Cli.parse(echo).get("data").asText());
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
            assertFalse(Files.exists(directory.resolve("00002-1025")));
        }
    }

    @Test
    void itNeedsADirectory() {
        Result result = Cli.run("fetch", "--resume", "http://127.0.0.1:1/");
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("--resume needs --output-dir"), result.err());
    }

    private String[] args(String... more) {
        List<String> args =
                new ArrayList<>(List.of("fetch", "--resume", "-o", directory.toString(), "--format", "jsonl"));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }
}
