package io.martlet.samples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the files of one run, which is gone after it, also if the run is interrupted. */
final class RunFolder implements AutoCloseable {
    private final Path path;
    private final Thread end = new Thread(this::delete);

    private RunFolder(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(end);
    }

    /** A new one, for this user only. */
    static RunFolder make() throws IOException {
        return new RunFolder(Files.createTempDirectory("martlet-bench"));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException alreadyEnding) {
            delete();
        }
    }

    /** As far as that goes: a process that is about to end may still write. */
    private void delete() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> contentsFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : contentsFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException stillInUse) {
            // The system empties its temporary folder.
        }
    }
}
