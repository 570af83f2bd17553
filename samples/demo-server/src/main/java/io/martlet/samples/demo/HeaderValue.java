package io.martlet.samples.demo;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A word with parameters after it, the form of Content-Type, Content-Disposition and Authorization:
 * {@code word; name=token; name="quoted"}.
 *
 * @param word in lower case, empty when the header is missing
 * @param parameters by their names, case ignored
 */
record HeaderValue(String word, Map<String, String> parameters) {

    static HeaderValue parse(@Nullable String header) {
        return new Scanner(header == null ? "" : header).scan();
    }

    boolean is(String expected) {
        return word.equals(expected);
    }

    @Nullable
    String parameter(String name) {
        return parameters.get(name);
    }

    /** Reads leniently: what is no parameter is skipped. */
    private static final class Scanner {
        private static final String SEPARATORS = " \t;,";

        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        HeaderValue scan() {
            String word = until(SEPARATORS).toLowerCase(Locale.ROOT);
            Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            skipSeparators();
            while (at < text.length()) {
                String name = until("=" + SEPARATORS);
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    parameters.putIfAbsent(name, isAtQuote() ? quoted() : until(SEPARATORS));
                }
                skipSeparators();
            }
            return new HeaderValue(word, parameters);
        }

        private boolean isAtQuote() {
            return at < text.length() && text.charAt(at) == '"';
        }

        private void skipSeparators() {
            while (at < text.length() && SEPARATORS.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private String until(String ends) {
            int start = at;
            while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                boolean isEscape = text.charAt(at) == '\\' && at + 1 < text.length();
                value.append(text.charAt(isEscape ? ++at : at));
            }
            at++;
            return value.toString();
        }
    }
}
