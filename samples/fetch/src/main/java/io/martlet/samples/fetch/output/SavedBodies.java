package io.martlet.samples.fetch.output;

import io.martlet.http.Url;
import io.martlet.samples.fetch.input.InputLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory with a file for each body: {@code 00001-index.html}, the number being the place among all URLs from 1,
 * the rest the last segment of the URL's path with everything but letters, digits, dots, hyphens and underscores
 * replaced.
 *
 * <p>Where runs go on with what others left, the places of URLs may change, and the names of their files must not:
 * {@code index-0123456789abcdef.html} has 64 bits of the SHA-256 of what is asked for, {@code index-0123456789abcdef-2.html}
 * is the second that asks for the same. A file that is there is that of this very URL.
 *
 * <p>A file appears under its name when it is whole. Until then its name begins with a dot and ends in {@code .part}; where
 * the next run can go on with it, it ends in {@code .martlet-part}, beside a file of its state.
 */
public final class SavedBodies {
    private static final int MAX_NAME_CHARS = 100;

    /** So few that names stay readable, so many that two of a million URLs are alike in one of 37 million directories. */
    private static final int DIGEST_DIGITS = 16;

    private static final Pattern EXTENSION = Pattern.compile("(?<=.)(\\.tar)?\\.[A-Za-z0-9]{1,8}$");

    private final Path directory;
    private final boolean isLasting;
    private final boolean isResumed;

    /**
     * Makes the directory, if it is not there.
     *
     * @param isLasting whether further runs go on with this directory
     * @param isResumed whether this run uses what earlier ones left there
     */
    public SavedBodies(Path directory, boolean isLasting, boolean isResumed) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.isLasting = isLasting;
        this.isResumed = isResumed;
    }

    /** Whether further runs go on with the directory. */
    public boolean isLasting() {
        return isLasting;
    }

    /** Whether what earlier runs left is used. */
    public boolean isResumed() {
        return isResumed;
    }

    /** Where the body is when it is whole, the command saying of the request what {@code request} does. */
    public Path file(InputLine line, Url url, String request) {
        return directory.resolve(
                isLasting
                        ? lastingName(url.path(), request + "\n" + line.text(), line.occurrence())
                        : fileName(line.index(), url.path()));
    }

    /** Begins the file that will be {@code whole}. Until then it has a name that no other run takes. */
    public static BodySink open(Path whole) throws IOException {
        String own = Long.toHexString(ThreadLocalRandom.current().nextLong());
        return new SavedBody(whole.resolveSibling("." + whole.getFileName() + "." + own + ".part"), whole);
    }

    /** A name without any way out of the directory, not hidden, and the only one with its number. */
    static String fileName(long index, String path) {
        return String.format(Locale.ROOT, "%05d-%s", index + 1, safeName(path));
    }

    /** A name of the same kind that stays the same wherever a URL stands; {@code occurrence} is from 1. */
    static String lastingName(String path, String request, int occurrence) {
        // Nothing stands before it: neither a hidden file, nor what a command takes for an option.
        String shown = safeName(path).replaceFirst("^[.-]+", "");
        String name = shown.isEmpty() ? "index" : shown;
        Matcher extension = EXTENSION.matcher(name);
        int end = extension.find() ? extension.start() : name.length();
        String mark = "-" + digest(request) + (occurrence == 1 ? "" : "-" + occurrence);
        return name.substring(0, end) + mark + name.substring(end);
    }

    private static String safeName(String path) {
        String segment = path.substring(path.lastIndexOf('/') + 1);
        String safe = segment.replaceAll("[^A-Za-z0-9._-]", "_");
        return safe.isEmpty() ? "index" : safe.substring(0, Math.min(safe.length(), MAX_NAME_CHARS));
    }

    private static String digest(String request) {
        return BodySink.digest(request).substring(0, DIGEST_DIGITS);
    }

    private static final class SavedBody extends BodySink {
        private final Path part;
        private final Path whole;
        private final OutputStream file;

        SavedBody(Path part, Path whole) throws IOException {
            super(true);
            this.part = part;
            this.whole = whole;
            this.file = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            super.write(source, offset, length);
            file.write(source, offset, length);
        }

        @Override
        public void finish(boolean isWhole) throws IOException {
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
