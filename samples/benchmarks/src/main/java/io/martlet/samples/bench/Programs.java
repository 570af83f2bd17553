package io.martlet.samples.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What is installed on this machine. */
final class Programs {
    private Programs() {}

    /** A program on the PATH, or where an administrator's programs are. */
    static Optional<Path> find(String name) {
        String folders = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(folders.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A Python that has aiohttp; the system's is asked first, because packages such as python3-aiohttp belong to it. */
    static Optional<Path> findPythonWithAiohttp() {
        Stream<Path> system = Stream.of(Path.of("/usr/bin/python3")).filter(Files::isExecutable);
        return Stream.concat(system, find("python3").stream())
                .distinct()
                .filter(Programs::hasAiohttp)
                .findFirst();
    }

    private static boolean hasAiohttp(Path python) {
        try {
            Process process = new ProcessBuilder(python.toString(), "-c", "import aiohttp")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
