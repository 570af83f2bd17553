package io.martlet.samples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The real httpbin of Debian's package python3-httpbin, run as a process. */
public final class HttpbinProcess implements AutoCloseable {
    // By its full path: another Python, first in the PATH, would not see Debian's packages.
    private static final String PYTHON = "/usr/bin/python3";

    private final ServerProcess process;
    private final String baseUrl;

    private HttpbinProcess(ServerProcess process, String baseUrl) {
        this.process = process;
        this.baseUrl = baseUrl;
    }

    /** Whether Debian's package python3-httpbin is there. */
    public static boolean isInstalled() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(PYTHON))) {
            return false;
        }
        Process probe = new ProcessBuilder(PYTHON, "-c", "import httpbin.core")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return probe.waitFor() == 0;
    }

    /** Starts it on a free port; returns once it listens. */
    public static HttpbinProcess start() throws IOException {
        int port = ServerProcess.freePort();
        ServerProcess process =
                ServerProcess.start(new ProcessBuilder(PYTHON, "-m", "httpbin.core", "--port", String.valueOf(port))
                        .redirectErrorStream(true));
        CompletableFuture<Void> listens = new CompletableFuture<>();
        Thread reader = new Thread(() -> readLog(process.process(), listens), "httpbin-log");
        reader.setDaemon(true);
        reader.start();
        try {
            listens.join();
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
        return new HttpbinProcess(process, "http://127.0.0.1:" + port + "/");
    }

    /** Where it is; ends in a slash. */
    public String baseUrl() {
        return baseUrl;
    }

    @Override
    public void close() {
        process.close();
    }

    /** To its end, or the process would stop when the pipe is full. */
    private static void readLog(Process process, CompletableFuture<Void> listens) {
        StringBuilder log = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.append(line).append('\n');
                if (line.contains("Running on http")) {
                    listens.complete(null);
                }
            }
        } catch (IOException closed) {
            log.append(closed);
        }
        listens.completeExceptionally(new IllegalStateException("httpbin ended: " + log));
    }
}
