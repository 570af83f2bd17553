package io.martlet.samples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The real httpbin of Debian's package python3-httpbin, run as a process. */
public final class HttpbinProcess implements AutoCloseable {
    // By its full path: another Python, first in the PATH, would not see Debian's packages.
    private static final String PYTHON = "/usr/bin/python3";

    private final Process process;
    private final String baseUrl;

    private HttpbinProcess(Process process, String baseUrl) {
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
        int port = freePort();
        Process process = new ProcessBuilder(PYTHON, "-m", "httpbin.core", "--port", String.valueOf(port))
                .redirectErrorStream(true)
                .start();
        CompletableFuture<Void> listens = new CompletableFuture<>();
        Thread reader = new Thread(() -> readLog(process, listens), "httpbin-log");
        reader.setDaemon(true);
        reader.start();
        listens.join();
        return new HttpbinProcess(process, "http://127.0.0.1:" + port + "/");
    }

    /** Where it is; ends in a slash. */
    public String baseUrl() {
        return baseUrl;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
