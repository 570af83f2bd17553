package io.martlet.samples.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An nginx with one worker, started for one run. */
final class NginxServer implements AutoCloseable {
    private final Process process;
    private final Thread end;
    private final NginxConfig config;

    private NginxServer(Process process, NginxConfig config) {
        this.process = process;
        this.config = config;
        this.end = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(end);
    }

    /** Starts that nginx; returns once it listens. */
    static NginxServer start(Path nginx, Path directory, @Nullable ServerCertificate certificate)
            throws IOException, InterruptedException {
        List<Integer> ports = freePorts();
        NginxConfig config = new NginxConfig(
                directory, ports.get(0), ports.get(1), NginxConfig.findEcho().orElse(null), certificate);
        Path file = directory.resolve("nginx.conf");
        Files.writeString(file, config.text());
        Path log = directory.resolve("nginx.out");
        Process process = new ProcessBuilder(nginx.toString(), "-p", directory.toString(), "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        NginxServer server = new NginxServer(process, config);
        server.awaitListening(log);
        return server;
    }

    String url(String page) {
        return "http://127.0.0.1:" + config.port() + page;
    }

    String tlsUrl(String page) {
        return "https://127.0.0.1:" + config.tlsPort() + page;
    }

    boolean canAnswerSlowly() {
        return config.echo() != null;
    }

    /** Lets it serve a file of zeros, which takes no room on the disk; returns its page. */
    String serveZeros(long bytes) throws IOException {
        Path folder = Files.createDirectories(config.directory().resolve("files"));
        String name = "zeros-" + bytes;
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.setLength(bytes);
        }
        return "/files/" + name;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException alreadyEnding) {
            // The hook runs.
        }
    }

    /** Polls: nginx tells nobody when it listens. */
    private void awaitListening(Path log) throws IOException, InterruptedException {
        while (process.isAlive()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), config.port()).close();
                return;
            } catch (IOException notYet) {
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        }
        throw new IOException("nginx ended: " + Files.readString(log));
    }

    private static List<Integer> freePorts() throws IOException {
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket two = new ServerSocket(0)) {
            return List.of(one.getLocalPort(), two.getLocalPort());
        }
    }
}
