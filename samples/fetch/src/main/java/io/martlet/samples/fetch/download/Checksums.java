package io.martlet.samples.fetch.download;

import io.martlet.samples.fetch.values.BodyValues;
import io.martlet.samples.fetch.values.OptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Digests of files by name, as {@code sha256sum} writes them, {@code DIGEST  NAME} or {@code DIGEST *NAME}, or with
 * {@code --tag}, {@code SHA256 (NAME) = DIGEST}. Folders before a name do not count. Which algorithm it is, the tag says or,
 * without one, the length. Of several algorithms the strongest counts; lines of others, such as {@code SIZE}, are left out. So
 * is what PGP puts around a list that it signs: nobody checks a signature here.
 */
final class Checksums {
    private static final Pattern LINE = Pattern.compile("(\\p{XDigit}+) [ *](.+)");
    private static final Pattern TAGGED = Pattern.compile("([A-Za-z0-9/-]+) \\((.+)\\) = (\\p{XDigit}+)");

    /** In a name of a line that begins with a backslash, as GNU's programs write one that holds such a character. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\([nr\\\\])");

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final String SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String END_OF_SIGNATURE = "-----END PGP SIGNATURE-----";

    private static final Map<Integer, String> ALGORITHMS =
            Map.of(32, "MD5", 40, "SHA-1", 64, "SHA-256", 96, "SHA-384", 128, "SHA-512");

    private static final Map<String, String> TAGS = Map.of(
            "MD5",
            "MD5",
            "SHA1",
            "SHA-1",
            "SHA256",
            "SHA-256",
            "SHA384",
            "SHA-384",
            "SHA512",
            "SHA-512",
            "SHA3-256",
            "SHA3-256",
            "SHA3-384",
            "SHA3-384",
            "SHA3-512",
            "SHA3-512");

    private final Map<String, Digest> byName = new HashMap<>();

    /** Files of several folders: which one is meant cannot be told. */
    private final Set<String> ambiguous = new HashSet<>();

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
        // The line that ends what is none of them; null outside of that.
        String end = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replace(BYTE_ORDER_MARK, "").strip();
            if (line.equals(end)) {
                end = null;
            } else if (line.equals(SIGNED)) {
                end = "";
            } else if (line.equals(SIGNATURE)) {
                end = END_OF_SIGNATURE;
            } else if (end == null && !line.isEmpty() && !line.startsWith("#")) {
                sums.add(option, line, i + 1);
            }
        }
        return sums;
    }

    private void add(String option, String given, int number) {
        boolean isEscaped = given.startsWith("\\");
        String line = isEscaped ? given.substring(1) : given;
        Matcher plain = LINE.matcher(line);
        Matcher tagged = TAGGED.matcher(line);
        boolean isPlain = plain.matches();
        if (!isPlain && !tagged.matches()) {
            throw OptionException.of(option, "line " + number + " is no digest and a name");
        }
        String hex = (isPlain ? plain.group(1) : tagged.group(3)).toLowerCase(Locale.ROOT);
        String written = isPlain ? plain.group(2) : tagged.group(2);
        String path = isEscaped ? unescaped(written) : written;
        String algorithm = isPlain ? ALGORITHMS.get(hex.length()) : TAGS.get(tagged.group(1));
        if (algorithm != null) {
            add(path.substring(path.lastIndexOf('/') + 1), new Digest(algorithm, hex));
        } else if (isPlain) {
            throw OptionException.of(option, "line " + number + " has a digest of " + hex.length() + " digits");
        }
    }

    private static String unescaped(String name) {
        return ESCAPED.matcher(name).replaceAll(found -> switch (found.group(1)) {
            case "n" -> "\n";
            case "r" -> "\r";
            default -> "\\\\";
        });
    }

    private void add(String name, Digest digest) {
        Digest other = byName.get(name);
        if (other == null || other.hex.length() < digest.hex.length()) {
            byName.put(name, digest);
        } else if (other.algorithm.equals(digest.algorithm) && !other.equals(digest)) {
            ambiguous.add(name);
        }
    }

    /** That of a file; null if it is not listed, or more than once with different digests. */
    @Nullable
    Digest of(String name) {
        return ambiguous.contains(name) ? null : byName.get(name);
    }
}
