package io.martlet.internal.http1;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A second parser to compare with: slow, whole input only, the grammars of RFC 9112 as regular expressions, and the
 * rules of the decoder in the plainest form. It knows no limits, so input must be small.
 *
 * <p>It reads what a GET without upgrade is answered with until the connection is closed, and says what
 * {@link Playback} says, or null where the response is refused.
 */
final class GrammarReference {
    private static final String VALUE = "[\\t\\x20-\\x7e\\x80-\\xff]*";
    private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
    private static final Pattern EMPTY_LINES = Pattern.compile("(?:\\r\\n){0,4}(?!\\r\\n)");
    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.([01]) ([1-9][0-9]{2})(?: (" + VALUE + "))?\\r\\n");
    private static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):(" + VALUE + ")\\r\\n");
    private static final Pattern LINE_END = Pattern.compile("\\r\\n");
    private static final String QUOTED =
            "\"(?:[\\t\\x20\\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t\\x20-\\x7e\\x80-\\xff])*\"";
    private static final Pattern CHUNK_LINE = Pattern.compile("([0-9A-Fa-f]{1,16})(?:[ \\t]*;[ \\t]*" + TOKEN
            + "(?:[ \\t]*=[ \\t]*(?:" + TOKEN + "|" + QUOTED + "))?)*\\r\\n");
    private static final Pattern CLOSE = Pattern.compile("(?i),[ \\t]*close[ \\t]*,");
    private static final Pattern KEEP_ALIVE = Pattern.compile("(?i),[ \\t]*keep-alive[ \\t]*,");

    private final String input;
    private final StringBuilder script = new StringBuilder();
    private int at;

    private GrammarReference(byte[] bytes) {
        input = new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static @Nullable String read(byte[] bytes) {
        try {
            return new GrammarReference(bytes).response();
        } catch (Refused refused) {
            return null;
        }
    }

    private String response() {
        while (true) {
            take(EMPTY_LINES);
            Matcher line = take(STATUS_LINE);
            List<String[]> fields = fields();
            int status = Integer.parseInt(line.group(2));
            String reason = line.group(3) == null ? "" : line.group(3);
            boolean interim = status < 200;
            script.append(interim ? "interim " : "head ")
                    .append("HTTP/1.")
                    .append(line.group(1))
                    .append(' ')
                    .append(status);
            script.append(' ')
                    .append(text(reason))
                    .append(' ')
                    .append(print(fields))
                    .append('\n');
            if (!interim) {
                return body(line.group(1).equals("1"), status, fields);
            }
            check(status != 101);
        }
    }

    private String body(boolean isHttp11, int status, List<String[]> fields) {
        String lengths = joined(fields, "content-length");
        String codings = joined(fields, "transfer-encoding");
        check(codings == null || codings.equalsIgnoreCase("chunked") && codings.matches("\\p{ASCII}*"));
        check(codings == null || lengths == null);
        long length = lengths == null ? -1 : length(lengths);
        String connection = "," + joined(fields, "connection") + ",";
        boolean persists = !CLOSE.matcher(connection).find()
                && (isHttp11 || KEEP_ALIVE.matcher(connection).find());
        List<String[]> trailers = List.of();
        String body = "";
        if (status == 204 || status == 304) {
            body = "";
        } else if (codings != null) {
            body = chunks();
            trailers = fields();
            check(trailers.stream().noneMatch(field -> field[0].matches("(?i)host|content-length|transfer-encoding")));
            persists &= isHttp11;
        } else {
            check(length <= input.length() - at);
            body = length < 0 ? input.substring(at) : input.substring(at, at + (int) length);
            at += body.length();
            persists &= length >= 0;
        }
        int left = input.length() - at;
        script.append(body.isEmpty() ? "" : "body " + body + "\n");
        return script + (persists && left == 0 ? "end reusable " : "end ") + print(trailers) + " left " + left + "\n";
    }

    private String chunks() {
        StringBuilder body = new StringBuilder();
        while (true) {
            long size = Long.parseUnsignedLong(take(CHUNK_LINE).group(1), 16);
            if (size == 0) {
                return body.toString();
            }
            check(size > 0 && size <= input.length() - at);
            body.append(input, at, at + (int) size);
            at += (int) size;
            take(LINE_END);
        }
    }

    private List<String[]> fields() {
        List<String[]> fields = new ArrayList<>();
        while (!input.startsWith("\r\n", at)) {
            Matcher field = take(FIELD);
            fields.add(new String[] {field.group(1), field.group(2).replaceAll("^[ \\t]+|[ \\t]+\\z", "")});
        }
        take(LINE_END);
        return fields;
    }

    private static long length(String list) {
        long length = -1;
        for (String element : list.split(",", -1)) {
            String digits = element.replaceAll("^[ \\t]+|[ \\t]+\\z", "");
            check(digits.matches("[0-9]{1,18}"));
            check(length < 0 || length == Long.parseLong(digits));
            length = Long.parseLong(digits);
        }
        return length;
    }

    private static @Nullable String joined(List<String[]> fields, String name) {
        List<String> values = fields.stream()
                .filter(field -> field[0].equalsIgnoreCase(name))
                .map(field -> field[1])
                .toList();
        return values.isEmpty() ? null : String.join(", ", values);
    }

    private static String print(List<String[]> fields) {
        return fields.stream()
                .map(field -> field[0] + ": " + text(field[1]))
                .toList()
                .toString();
    }

    private static String text(String latin1) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        String utf8 = new String(bytes, StandardCharsets.UTF_8);
        return utf8.indexOf('\ufffd') < 0 ? utf8 : latin1;
    }

    private Matcher take(Pattern pattern) {
        Matcher matcher = pattern.matcher(input).region(at, input.length()).useTransparentBounds(true);
        check(matcher.lookingAt());
        at = matcher.end();
        return matcher;
    }

    private static void check(boolean isFine) {
        if (!isFine) {
            throw new Refused();
        }
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused() {
            super(null, null, false, false);
        }
    }
}
