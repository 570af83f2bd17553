package io.martlet.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code type/subtype *( OWS ";" OWS [ parameter ] )}, RFC 9110 §8.3.1 and §5.6.6. */
final class MediaTypeParser {
    private final String text;
    private int at;

    MediaTypeParser(String text) {
        this.text = text.strip();
    }

    /** The media type, without what is malformed behind its subtype. */
    static Optional<MediaType> tryParse(String text) {
        int semicolon = text.indexOf(';');
        String essence = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
        int slash = essence.indexOf('/');
        if (slash < 0
                || !Tokens.isToken(essence.substring(0, slash))
                || !Tokens.isToken(essence.substring(slash + 1))) {
            return Optional.empty();
        }
        int from = semicolon < 0 ? text.length() : semicolon;
        Map<String, String> parameters = new ParameterScanner(text, from, false).scan();
        return Optional.of(new MediaType(essence.substring(0, slash), essence.substring(slash + 1), parameters));
    }

    MediaType parse() {
        String type = token("type");
        expect('/');
        String subtype = token("subtype");
        Map<String, String> parameters = new LinkedHashMap<>();
        skipBlanks();
        while (at < text.length()) {
            expect(';');
            skipBlanks();
            if (at < text.length() && text.charAt(at) != ';') {
                parameter(parameters);
            }
        }
        return new MediaType(type, subtype, parameters);
    }

    private void parameter(Map<String, String> parameters) {
        String name = token("parameter name").toLowerCase(Locale.ROOT);
        expect('=');
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        // The first of two parameters with one name wins, as browsers do it.
        parameters.putIfAbsent(name, quoted ? quotedString() : token("parameter value"));
        skipBlanks();
    }

    private String token(String part) {
        int end = Tokens.tokenEnd(text, at);
        if (end == at) {
            throw fault("no " + part + " at index " + at);
        }
        String token = text.substring(at, end);
        at = end;
        return token;
    }

    private String quotedString() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        throw fault("a quoted string has no end");
    }

    private void expect(char expected) {
        if (at >= text.length() || text.charAt(at) != expected) {
            throw fault("no '" + expected + "' at index " + at);
        }
        at++;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private IllegalArgumentException fault(String reason) {
        return new IllegalArgumentException(Tokens.printable(text) + " is not a media type: " + reason);
    }
}
