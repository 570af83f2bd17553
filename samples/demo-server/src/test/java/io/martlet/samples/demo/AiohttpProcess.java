package io.martlet.samples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server of aiohttp's, of Debian's package python3-aiohttp, run as a process: what it answers stands in
 * {@code aiohttp_server.py}. It differs from nginx and httpbin: chunked bodies, 100 (Continue), answers that break off,
 * connections that are kept for a moment only.
 */
public final class AiohttpProcess implements AutoCloseable {
    // By its full path: another Python, first in the PATH, would not see Debian's packages.
    private static final String PYTHON = "/usr/bin/python3";

    private final ServerProcess process;
    private final String baseUrl;

    private AiohttpProcess(ServerProcess process, String baseUrl) {
        this.process = process;
        this.baseUrl = baseUrl;
    }

    /** Whether Debian's package python3-aiohttp is there. */
    public static boolean isInstalled() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(PYTHON))) {
            return false;
        }
        Process probe = new ProcessBuilder(PYTHON, "-c", "import aiohttp.web")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return probe.waitFor() == 0;
    }

    /**
     * Starts it on a free port; returns once it listens.
     *
     * @param keepAliveSeconds how long it keeps an idle connection
     */
    public static AiohttpProcess start(double keepAliveSeconds) throws IOException {
        String script;
        try (InputStream in = AiohttpProcess.class.getResourceAsStream("aiohttp_server.py")) {
            if (in == null) {
                throw new IllegalStateException("aiohttp_server.py is not on the class path");
            }
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        ServerProcess process =
                ServerProcess.start(new ProcessBuilder(PYTHON, "-c", script, String.valueOf(keepAliveSeconds))
                        .redirectError(ProcessBuilder.Redirect.INHERIT));
        boolean listens = false;
        try {
            // It says its port, and nothing else.
            BufferedReader lines = process.process().inputReader(StandardCharsets.UTF_8);
            String port = lines.readLine();
            if (port == null) {
                throw new IllegalStateException("aiohttp's server ended");
            }
            listens = true;
            return new AiohttpProcess(process, "http://127.0.0.1:" + port + "/");
        } finally {
            if (!listens) {
                process.close();
            }
        }
    }

    /** Where it is; ends in a slash. */
    public String baseUrl() {
        return baseUrl;
    }

    @Override
    public void close() {
        process.close();
    }
}
