package io.martlet.samples.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A server of another make, run as a process for a test. A shell watches over it, at whose standard input this JVM is: the
 * server ends when this is closed, and however the JVM ends.
 */
public final class ServerProcess implements AutoCloseable {
    // A command in the background reads nothing unless it is told to; 3 is where the shell was to read.
    private static final String WATCH = """
        exec 3<&0
        "$@" 3<&- </dev/null &
        server=$!
        { cat <&3; kill $server; } >/dev/null 2>&1 &
        exec 3<&- 2>/dev/null
        wait $server
        """;

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Starts it; what it says, and when it listens, is the caller's matter. It has nothing to read. */
    public static ServerProcess start(ProcessBuilder builder) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", WATCH, "sh"));
        command.addAll(builder.command());
        return new ServerProcess(builder.command(command).start());
    }

    /** What was started: it says what the server says, and lives as long. */
    public Process process() {
        return process;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(5, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException gone) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /**
     * A port that nobody listens on, as far as can be told. It is one of the thousands below those that a system hands out
     * to who asks for any, so that no connection takes it before the server does.
     */
    public static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // The next may be free.
            }
        }
    }
}
