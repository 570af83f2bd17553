package io.martlet.samples.fetch.input;

import io.martlet.samples.fetch.values.BodyValues;
import io.martlet.samples.fetch.values.OptionException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The URLs of a text in UTF-8, one a line, without blank lines and those that begin with {@code #}. The text is read no
 * further than asked for. Fails with an {@link UncheckedIOException}.
 */
public final class UrlLines implements Iterator<String> {
    /** What an option is given for the URLs of standard input. */
    public static final String STANDARD_INPUT = "-";

    /** What is longer is no list of URLs, and does not belong into memory. */
    private static final int MAX_LINE_CHARS = 64 * 1024;

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final Reader text;
    private long lines;
    private @Nullable String next;

    public UrlLines(InputStream bytes) {
        text = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    /** The file that an option names, which has to be there. */
    public static InputStream open(String option, String file) {
        Path path = BodyValues.path(option, file);
        if (Files.isDirectory(path)) {
            throw OptionException.of(option, "'" + file + "' is a directory");
        }
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw OptionException.of(option, "cannot read '" + file + "'", e);
        }
    }

    /** How many there are in {@code file}; empty where they cannot be read. */
    public static OptionalLong count(Path file) {
        long count = 0;
        try (InputStream bytes = Files.newInputStream(file)) {
            for (UrlLines lines = new UrlLines(bytes); lines.hasNext(); lines.next()) {
                count++;
            }
            return OptionalLong.of(count);
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null) {
                String line = readLine();
                if (line == null) {
                    return false;
                }
                next = line.isEmpty() || line.startsWith("#") ? null : line;
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("after " + lines + " lines: " + e.getMessage(), e);
        }
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String url = String.valueOf(next);
        next = null;
        return url;
    }

    /** The next line without the blanks around it; null at the end. */
    private @Nullable String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = text.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            if (line.length() == MAX_LINE_CHARS) {
                throw new IOException("a line is longer than " + MAX_LINE_CHARS + " characters");
            }
            if (c != BYTE_ORDER_MARK || lines > 0 || line.length() > 0) {
                line.append((char) c);
            }
            c = text.read();
        }
        lines++;
        return line.toString().strip();
    }
}
