package io.martlet.auth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads lists of challenges and of parameters, RFC 9110 §11.2, §11.3 and §5.6. */
final class ChallengeParser {
    private final String text;
    private final List<Challenge> complete = new ArrayList<>();
    private int at;

    private @Nullable String scheme;
    private @Nullable String token68;
    private Map<String, String> parameters = new HashMap<>();

    ChallengeParser(String text) {
        this.text = text;
    }

    List<Challenge> challenges() {
        boolean isWellFormed = true;
        while (isWellFormed && skipCommas()) {
            isWellFormed = takeParameter() ? scheme != null && isElementEnd() : takeScheme();
        }
        if (isWellFormed) {
            endChallenge();
        }
        return complete;
    }

    Map<String, String> parameters() {
        while (skipCommas()) {
            if (!takeParameter() || !isElementEnd()) {
                return Map.of();
            }
        }
        return parameters;
    }

    /** Whether there was {@code name = value} here, with a name that is new; if not, nothing was taken. */
    private boolean takeParameter() {
        int start = at;
        String name = token().toLowerCase(Locale.ROOT);
        skipBlanks();
        if (!name.isEmpty() && skip('=')) {
            skipBlanks();
            String value = at < text.length() && text.charAt(at) == '"' ? quoted() : nonEmptyToken();
            if (value != null && token68 == null && parameters.putIfAbsent(name, value) == null) {
                return true;
            }
        }
        at = start;
        return false;
    }

    /** Whether a scheme is here, with its token68 if it has one. */
    private boolean takeScheme() {
        String name = token();
        if (name.isEmpty() || at < text.length() && !isBlank() && text.charAt(at) != ',') {
            return false;
        }
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '=') {
            return false;
        }
        endChallenge();
        scheme = name;
        takeToken68();
        return true;
    }

    private void endChallenge() {
        if (scheme != null) {
            complete.add(new Challenge(scheme, token68, parameters));
        }
        scheme = null;
        token68 = null;
        parameters = new HashMap<>();
    }

    private void takeToken68() {
        int start = at;
        while (at < text.length() && !isBlank() && text.charAt(at) != ',') {
            at++;
        }
        String word = text.substring(start, at);
        if (CredentialText.isToken68(word) && isElementEnd()) {
            token68 = word;
        } else {
            at = start;
        }
    }

    /** RFC 9110 §5.6.4; null if it does not end. */
    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && ++at == text.length()) {
                return null;
            }
            value.append(text.charAt(at));
        }
        return null;
    }

    private @Nullable String nonEmptyToken() {
        String token = token();
        return token.isEmpty() ? null : token;
    }

    private String token() {
        int start = at;
        while (at < text.length() && CredentialText.isTokenChar(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Whether anything is left after empty elements (RFC 9110 §5.6.1). */
    private boolean skipCommas() {
        do {
            skipBlanks();
        } while (skip(','));
        return at < text.length();
    }

    private boolean isElementEnd() {
        skipBlanks();
        return at == text.length() || text.charAt(at) == ',';
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank()) {
            at++;
        }
    }

    private boolean isBlank() {
        return text.charAt(at) == ' ' || text.charAt(at) == '\t';
    }

    private boolean skip(char c) {
        boolean isHere = at < text.length() && text.charAt(at) == c;
        at += isHere ? 1 : 0;
        return isHere;
    }
}
