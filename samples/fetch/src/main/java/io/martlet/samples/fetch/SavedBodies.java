package io.martlet.samples.fetch;

import io.martlet.http.Url;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A directory with a file for each body: {@code 00001-index.html}, the number being the place among all URLs from 1,
 * the rest the last segment of the URL's path with everything but letters, digits, dots, hyphens and underscores
 * replaced.
 *
 * <p>A file appears under its name when it is whole. Until then its name begins with a dot and ends in {@code .part}.
 */
final class SavedBodies {
    private static final int MAX_NAME_CHARS = 100;

    private final Path directory;
    private final boolean isResumed;

    SavedBodies(Path directory, boolean isResumed) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.isResumed = isResumed;
    }

    /** Whether what earlier runs left is used. */
    boolean isResumed() {
        return isResumed;
    }

    /** Where the body of a URL is when it is whole. */
    Path file(long index, Url url) {
        return directory.resolve(fileName(index, url.path()));
    }

    BodySink open(long index, Url url) throws IOException {
        String name = fileName(index, url.path());
        return new SavedBody(directory.resolve("." + name + ".part"), directory.resolve(name));
    }

    /** A name without any way out of the directory, not hidden, and the only one with its number. */
    static String fileName(long index, String path) {
        String segment = path.substring(path.lastIndexOf('/') + 1);
        String safe = segment.replaceAll("[^A-Za-z0-9._-]", "_");
        String name = safe.isEmpty() ? "index" : safe.substring(0, Math.min(safe.length(), MAX_NAME_CHARS));
        return String.format(Locale.ROOT, "%05d-%s", index + 1, name);
    }

    private static final class SavedBody extends BodySink {
        private final Path part;
        private final Path whole;
        private final OutputStream file;

        SavedBody(Path part, Path whole) throws IOException {
            super(true);
            this.part = part;
            this.whole = whole;
            // A link in the place of the file, put there by somebody else, is not followed.
            this.file = Files.newOutputStream(
                    part,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            super.write(source, offset, length);
            file.write(source, offset, length);
        }

        @Override
        void finish(boolean isWhole) throws IOException {
            try {
                file.close();
                if (isWhole) {
                    Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
                }
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }
}
