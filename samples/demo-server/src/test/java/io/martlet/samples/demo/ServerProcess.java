package io.martlet.samples.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;

/** A server of another make, run as a process for a test: it ends when it is closed, at the latest with this JVM. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final Thread atExit;

    private ServerProcess(Process process) {
        this.process = process;
        this.atExit = new Thread(process::destroyForcibly, "end-of-server-" + process.pid());
    }

    static ServerProcess start(ProcessBuilder builder) throws IOException {
        ServerProcess server = new ServerProcess(builder.start());
        Runtime.getRuntime().addShutdownHook(server.atExit);
        return server;
    }

    Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyExiting) {
            // Then the hook does what it is there for.
            return;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
