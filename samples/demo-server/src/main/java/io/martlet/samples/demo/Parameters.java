package io.martlet.samples.demo;

import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Named values of a request: of its path, its query or a form.
 *
 * <p>A name may have several values; where one is asked for, the first counts. Whatever is missing or malformed ends
 * the request with 400 and a message naming it.
 */
final class Parameters {
    private final Map<String, List<String>> values = new TreeMap<>();

    /** Reads {@code a=1&b=x+y}, as a query or a form has it; null gives no parameters. */
    static Parameters parse(@Nullable String encoded) {
        Parameters parameters = new Parameters();
        if (encoded == null) {
            return parameters;
        }
        int start = 0;
        while (start < encoded.length()) {
            int end = encoded.indexOf('&', start);
            end = end < 0 ? encoded.length() : end;
            parameters.addPair(encoded.substring(start, end));
            start = end + 1;
        }
        return parameters;
    }

    private void addPair(String pair) {
        if (pair.isEmpty()) {
            return;
        }
        int equals = pair.indexOf('=');
        if (equals < 0) {
            add(decode(pair), "");
        } else {
            add(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
    }

    /** Percent-decodes as UTF-8 and reads a plus as a space; text with a broken escape comes back as it is. */
    static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return text;
        }
    }

    Parameters add(String name, String value) {
        values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
        return this;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Map<String, List<String>> all() {
        return values;
    }

    @Nullable
    String find(String name) {
        List<String> found = values.get(name);
        return found == null ? null : found.get(0);
    }

    String text(String name, String byDefault) {
        String found = find(name);
        return found == null ? byDefault : found;
    }

    String text(String name) {
        String found = find(name);
        if (found == null) {
            throw HttpProblem.badRequest("parameter " + name + " is missing");
        }
        return found;
    }

    /** A whole number of at least {@code min}; more than {@code cap} counts as {@code cap}, as in httpbin. */
    int number(String name, int min, int cap) {
        long number = number(name);
        if (number < min) {
            throw HttpProblem.badRequest(name + " must be at least " + min + " but was " + number);
        }
        return (int) Math.min(number, cap);
    }

    /** Any whole number of 64 bits. */
    long number(String name) {
        String text = text(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw HttpProblem.badRequest(name + " must be a whole number but was '" + text + "'");
        }
    }

    int number(String name, int min, int cap, int byDefault) {
        return has(name) ? number(name, min, cap) : byDefault;
    }

    /** Seconds with decimals, as milliseconds; more than {@code capSeconds} counts as that. */
    long millis(String name, double capSeconds) {
        String text = text(name);
        double seconds;
        try {
            seconds = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            seconds = Double.NaN;
        }
        if (!(seconds >= 0)) {
            throw HttpProblem.badRequest(name + " must be a number of seconds, 0 or more, but was '" + text + "'");
        }
        return Math.round(Math.min(seconds, capSeconds) * 1_000);
    }

    long millis(String name, double capSeconds, long byDefault) {
        return has(name) ? millis(name, capSeconds) : byDefault;
    }

    /** httpbin's form of it: a single value as a string, several as a list. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        values.forEach((name, all) -> json.put(name, all.size() == 1 ? all.get(0) : all));
        return json;
    }
}
