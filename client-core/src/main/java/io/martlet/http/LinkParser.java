package io.martlet.http;

import io.martlet.error.ClientException.InvalidUrlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the value of a {@code Link} field: {@code #( "<" URI-Reference ">" *( OWS ";" OWS [ link-param ] ) )}, RFC 8288 §3. */
final class LinkParser {
    private final String text;
    private final Url base;
    private final List<Link> links = new ArrayList<>();

    LinkParser(String text, Url base) {
        this.text = text;
        this.base = base;
    }

    List<Link> parse() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            at = c == '<' ? link(at) : isBetween(c) ? at + 1 : afterComma(at);
        }
        return links;
    }

    private static boolean isBetween(char c) {
        return c == ',' || c == ' ' || c == '\t';
    }

    private int afterComma(int from) {
        int comma = text.indexOf(',', from);
        return comma < 0 ? text.length() : comma + 1;
    }

    private int link(int start) {
        int close = text.indexOf('>', start);
        if (close < 0) {
            return text.length();
        }
        ParameterScanner scanner = new ParameterScanner(text, close + 1, true);
        add(text.substring(start + 1, close), scanner.scan());
        return scanner.end();
    }

    private void add(String target, Map<String, String> parameters) {
        try {
            links.add(new Link(base.resolve(target), parameters));
        } catch (InvalidUrlException elsewhere) {
            // A link to be clicked, such as mailto:, or none at all.
        }
    }
}
