package io.martlet.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** A name from a server made fit for a file: RFC 6266 §4.3 says why. */
final class SafeFileName {
    /** File systems allow 255; what is left is for those who add to the name. */
    private static final int MAX_BYTES = 200;

    private static final int MAX_EXTENSION_CHARS = 20;

    private static final String FORBIDDEN = "<>:\"|?*";

    /** What Windows takes for a device, whatever the extension. */
    private static final Pattern DEVICE =
            Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?", Pattern.CASE_INSENSITIVE);

    private SafeFileName() {}

    static Optional<String> of(String name) {
        String base = withoutEdges(lastSegment(printable(name)));
        String kept = withoutEdges(shortened(base));
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(DEVICE.matcher(kept).matches() ? "_" + kept : kept);
    }

    private static String printable(String name) {
        StringBuilder kept = new StringBuilder(name.length());
        name.codePoints().filter(SafeFileName::isHarmless).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            // A format character can turn the name around: "gpj.exe" shown as "exe.jpg".
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> FORBIDDEN.indexOf(codePoint) < 0;
        };
    }

    private static String lastSegment(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** Dots in front hide a file, dots and blanks behind are dropped by Windows; "." and ".." are nothing but dots. */
    private static String withoutEdges(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && isEdge(name.charAt(start))) {
            start++;
        }
        while (start < end && isEdge(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(start, end);
    }

    private static boolean isEdge(char c) {
        return c == '.' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static String shortened(String name) {
        if (length(name) <= MAX_BYTES) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        boolean hasExtension = dot > 0 && name.length() - dot <= MAX_EXTENSION_CHARS;
        String extension = hasExtension ? name.substring(dot) : "";
        return beginning(name, MAX_BYTES - length(extension)) + extension;
    }

    private static String beginning(String name, int maxBytes) {
        int end = 0;
        int bytes = 0;
        while (end < name.length()) {
            String character = Character.toString(name.codePointAt(end));
            bytes += length(character);
            if (bytes > maxBytes) {
                break;
            }
            end += character.length();
        }
        return name.substring(0, end);
    }

    private static int length(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
