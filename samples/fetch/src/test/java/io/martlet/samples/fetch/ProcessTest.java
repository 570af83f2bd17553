package io.martlet.samples.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.martlet.samples.demo.DemoServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a process: its exit codes, signals and pipes. */
class ProcessTest {
    private static final int MAX_SECONDS = 30;

    @TempDir
    private Path directory;

    private final DemoServer server = DemoServer.start(0);
    private final String base = server.baseUrl();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalEndsTheRunWithWhatIsDoneAndASummary(String signal) throws Exception {
        assumeFalse(signal.equals("INT") && isInterruptIgnored(), "SIGINT is ignored here, and so by children");
        Path saved = directory.resolve("saved");
        Process fetch = start(
                "fetch", "-q", "-o", saved.toString(), base + "get", base + "drip?duration=60", base + "delay/10");
        try (BufferedReader out = fetch.inputReader(UTF_8)) {
            assertTrue(out.readLine().startsWith("  #"));
            assertTrue(out.readLine().startsWith("  1  200"));
            send(signal, fetch);
            List<String> rest = out.lines().toList();
            assertEquals(
                    List.of("", "requests  1 (1 succeeded, 0 failed)", "given up  2, interrupted"), rest.subList(0, 3));
        }
        assertEquals(130, exitCode(fetch));
        assertEquals("", messages());
        try (Stream<Path> files = Files.list(saved)) {
            assertEquals(List.of(saved.resolve("00001-get")), files.toList());
        }
    }

    @Test
    void aSignalEndsARunThatWaitsForInput() throws Exception {
        Process fetch = start("fetch", "-i", "-", "--format", "jsonl");
        fetch.getOutputStream().write((base + "get\n").getBytes(UTF_8));
        fetch.getOutputStream().flush();
        try (BufferedReader out = fetch.inputReader(UTF_8)) {
            assertEquals(200, Cli.parse(out.readLine()).get("status").intValue());
            send("TERM", fetch);
            assertEquals(List.of(), out.lines().toList());
        }
        assertEquals(130, exitCode(fetch));
        assertTrue(messages().contains("requests  1 (1 succeeded, 0 failed)"), messages());
    }

    @Test
    void aClosedPipeEndsTheRunQuietly() throws Exception {
        Process fetch;
        try (Peer silent = Peer.thatNeverAnswers()) {
            fetch = start("fetch", "-q", "-c", "1", base + "get", silent.url(), base + "get");
            BufferedReader out = fetch.inputReader(UTF_8);
            assertTrue(out.readLine().startsWith("  #"));
            out.close();
        }
        assertEquals(141, exitCode(fetch));
        assertEquals("", messages());
    }

    @Test
    void exitCodesReachTheShell() throws Exception {
        assertEquals(0, exitCode(start("fetch", base + "get")));
        assertEquals(1, exitCode(start("fetch", base + "status/500")));
        assertEquals(2, exitCode(start("fetch", "--nosuch")));
    }

    @Test
    void serveTellsItsUrlAndServesUntilTheSignal() throws Exception {
        Process serve = start("serve", "--port", "0");
        try (BufferedReader out = serve.inputReader(UTF_8)) {
            String url = out.readLine().replaceAll("Serving (\\S+) until Ctrl-C", "$1");
            assertEquals(0, Cli.run("fetch", url + "get").exitCode());
        }
        send("TERM", serve);
        assertEquals(143, exitCode(serve));
    }

    @Test
    void serveTellsThatThePortIsTaken() throws Exception {
        assertEquals(1, exitCode(start("serve", "--port", String.valueOf(server.port()))));
        assertTrue(messages().startsWith("martlet: Cannot listen on 127.0.0.1:" + server.port()), messages());
    }

    private Process start(String... args) {
        return Cli.start(directory.resolve("messages"), args);
    }

    private String messages() throws IOException {
        return Files.readString(directory.resolve("messages"));
    }

    private static int exitCode(Process process) throws InterruptedException {
        boolean hasEnded = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(hasEnded, "still running after " + MAX_SECONDS + " s");
        return process.exitValue();
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** A shell without job control starts what runs in the background so. */
    private static boolean isInterruptIgnored() throws IOException {
        String ignored = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElse("SigIgn: 0");
        return new BigInteger(ignored.substring(ignored.indexOf(':') + 1).strip(), 16).testBit(2 - 1);
    }
}
