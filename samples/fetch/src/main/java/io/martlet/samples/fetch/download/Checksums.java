package io.martlet.samples.fetch.download;

import io.martlet.samples.fetch.values.BodyValues;
import io.martlet.samples.fetch.values.OptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Digests of files by name, as {@code sha256sum} writes them, {@code DIGEST  NAME} or {@code DIGEST *NAME}, or with
 * {@code --tag}, {@code SHA256 (NAME) = DIGEST}. Folders before a name do not count. Which algorithm it is, the length says.
 */
final class Checksums {
    private static final Pattern LINE = Pattern.compile("(\\p{XDigit}+) [ *](.+)");
    private static final Pattern TAGGED = Pattern.compile("[A-Z0-9-]+ \\((.+)\\) = (\\p{XDigit}+)");

    private static final Map<Integer, String> ALGORITHMS =
            Map.of(32, "MD5", 40, "SHA-1", 64, "SHA-256", 96, "SHA-384", 128, "SHA-512");

    private final Map<String, Digest> byName = new HashMap<>();

    /** A digest in lower-case hexadecimal, and its algorithm as the JDK calls it. */
    record Digest(String algorithm, String hex) {}

    /** Reads a file of them. */
    static Checksums read(String option, String file) {
        Path path = BodyValues.path(option, file);
        try {
            return parse(option, Files.readAllLines(path));
        } catch (IOException e) {
            throw OptionException.of(option, "cannot read '" + file + "'", e);
        }
    }

    /** Reads the lines; blank ones, and those that begin with {@code #}, are left out. */
    static Checksums parse(String option, List<String> lines) {
        Checksums sums = new Checksums();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                sums.add(option, line, i + 1);
            }
        }
        return sums;
    }

    private void add(String option, String line, int number) {
        Matcher plain = LINE.matcher(line);
        Matcher tagged = TAGGED.matcher(line);
        boolean isPlain = plain.matches();
        if (!isPlain && !tagged.matches()) {
            throw OptionException.of(option, "line " + number + " is no digest and a name");
        }
        String hex = (isPlain ? plain.group(1) : tagged.group(2)).toLowerCase(Locale.ROOT);
        String path = isPlain ? plain.group(2) : tagged.group(1);
        String algorithm = ALGORITHMS.get(hex.length());
        if (algorithm == null) {
            throw OptionException.of(option, "line " + number + " has a digest of " + hex.length() + " digits");
        }
        Digest digest = new Digest(algorithm, hex);
        String name = path.substring(path.lastIndexOf('/') + 1);
        Digest other = byName.put(name, digest);
        if (other != null && !other.equals(digest)) {
            throw OptionException.of(option, "line " + number + " has another digest of '" + name + "'");
        }
    }

    /** That of a file; null if it is not listed. */
    @Nullable
    Digest of(String name) {
        return byName.get(name);
    }
}
