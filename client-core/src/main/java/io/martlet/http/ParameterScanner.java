package io.martlet.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads {@code *( OWS ";" OWS name "=" value )} (RFC 9110 §5.6.6) as servers send it: what is malformed is left out, and
 * costs nothing else.
 */
final class ParameterScanner {
    private final String text;
    private final boolean isInList;
    private int at;

    /** @param isInList whether a comma ends the parameters, as it does where a field has several values */
    ParameterScanner(String text, int from, boolean isInList) {
        this.text = text;
        this.isInList = isInList;
        at = from;
    }

    /** The parameters by name in lower case, in their order; the first of one name counts. Values are unquoted. */
    Map<String, String> scan() {
        Map<String, String> parameters = new LinkedHashMap<>();
        skipToSeparator();
        while (isAt(';')) {
            at++;
            parameter(parameters);
            skipToSeparator();
        }
        return Collections.unmodifiableMap(parameters);
    }

    /** Index of what ended the parameters. */
    int end() {
        return at;
    }

    private void parameter(Map<String, String> parameters) {
        int start = at;
        while (at < text.length() && text.charAt(at) != '=' && !isSeparator(at)) {
            at++;
        }
        String name = text.substring(start, at).strip().toLowerCase(Locale.ROOT);
        if (!isAt('=')) {
            return;
        }
        at++;
        String value = value();
        if (Tokens.isToken(name) && Tokens.fieldValueFault(value) == null) {
            parameters.putIfAbsent(name, value);
        }
    }

    private String value() {
        while (isAt(' ') || isAt('\t')) {
            at++;
        }
        if (isAt('"')) {
            return quotedString();
        }
        int start = at;
        skipToSeparator();
        return text.substring(start, at).strip();
    }

    private String quotedString() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        at = Math.min(at + 1, text.length());
        return value.toString();
    }

    private void skipToSeparator() {
        while (at < text.length() && !isSeparator(at)) {
            at++;
        }
    }

    private boolean isSeparator(int index) {
        char c = text.charAt(index);
        return c == ';' || isInList && c == ',';
    }

    private boolean isAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }
}
