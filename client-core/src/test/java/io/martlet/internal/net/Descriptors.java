package io.martlet.internal.net;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Counts what the process has open of sockets and selectors; of files not, as the JVM opens jars when it likes. */
public final class Descriptors {
    private static final Path ALL = Path.of("/proc/self/fd");

    static {
        // The JDK keeps one socket for itself from the first use on.
        try (SocketChannel first = SocketChannel.open()) {
            first.configureBlocking(false);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Descriptors() {}

    /** How many are open; 0 where the system does not tell. */
    public static int open() {
        if (!Files.exists(ALL)) {
            return 0;
        }
        try (Stream<Path> links = Files.list(ALL)) {
            return (int) links.map(Descriptors::target)
                    .filter(target -> target.startsWith("socket:") || target.startsWith("anon_inode:"))
                    .count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether {@code file} is open; false where the system does not tell. */
    public static boolean isOpen(Path file) {
        if (!Files.exists(ALL)) {
            return false;
        }
        try (Stream<Path> links = Files.list(ALL)) {
            return links.map(Descriptors::target).anyMatch(file.toString()::equals);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    /** Waits until so many are left. */
    public static void awaitAtMost(int count) {
        Await.until(() -> open() + " sockets and selectors are open, not " + count, () -> open() <= count);
    }
}
