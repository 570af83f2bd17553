package io.martlet.auth;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the text of a {@code .netrc}: words between blanks, some of which name the next. */
final class NetrcParser {
    private final String text;
    private final Map<String, Basic> machines = new HashMap<>();
    private @Nullable Basic other;
    private int at;

    private @Nullable String machine;
    private boolean isDefault;
    private String login = "";
    private String password = "";

    NetrcParser(String text) {
        this.text = text;
    }

    Map<String, Basic> machines() {
        return machines;
    }

    @Nullable
    Basic other() {
        return other;
    }

    static String normalized(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    NetrcParser parse() {
        for (String word = next(); word != null; word = next()) {
            take(word);
        }
        endEntry();
        return this;
    }

    private void take(String keyword) {
        switch (keyword) {
            case "machine" -> {
                endEntry();
                machine = valueOf(keyword);
            }
            case "default" -> {
                endEntry();
                isDefault = true;
            }
            case "login" -> login = valueOf(keyword);
            case "password" -> password = valueOf(keyword);
            case "account" -> valueOf(keyword);
            case "macdef" -> skipMacro();
            default -> skipComment(keyword);
        }
    }

    private void skipComment(String word) {
        if (!word.startsWith("#")) {
            throw fault("has a word that is no keyword");
        }
        at = endOfLine();
    }

    private void endEntry() {
        if (isDefault && other == null) {
            other = credentials();
        } else if (machine != null && !machines.containsKey(normalized(machine))) {
            machines.put(normalized(machine), credentials());
        }
        machine = null;
        isDefault = false;
        login = "";
        password = "";
    }

    private Basic credentials() {
        try {
            return new Basic(login, password);
        } catch (IllegalArgumentException e) {
            throw fault("ends an entry that cannot be sent: " + e.getMessage());
        }
    }

    private String valueOf(String keyword) {
        String value = next();
        if (value == null) {
            throw fault("ends after " + keyword);
        }
        return value;
    }

    /** A macro ends with an empty line. */
    private void skipMacro() {
        boolean isInside = true;
        while (isInside && at < text.length()) {
            int end = endOfLine();
            isInside = !text.substring(at, end).isBlank();
            at = Math.min(end + 1, text.length());
        }
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /** The next word, without its quotes; null at the end. */
    private @Nullable String next() {
        while (at < text.length() && isBlank()) {
            at++;
        }
        if (at == text.length()) {
            return null;
        }
        return text.charAt(at) == '"' ? quoted() : plain();
    }

    private String plain() {
        int start = at;
        while (at < text.length() && !isBlank()) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder word = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return word.toString();
            }
            word.append(c == '\\' && at + 1 < text.length() ? unescaped(text.charAt(++at)) : c);
        }
        throw fault("has a quote that does not end");
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    private boolean isBlank() {
        return Character.isWhitespace(text.charAt(at));
    }

    private IllegalArgumentException fault(String what) {
        long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
        return new IllegalArgumentException("netrc: line " + line + " " + what);
    }
}
