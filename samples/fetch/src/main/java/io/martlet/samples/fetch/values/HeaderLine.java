package io.martlet.samples.fetch.values;

import io.martlet.async.RequestSpec;
import io.martlet.http.Headers;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A header field as it is given on the command line. */
public record HeaderLine(String name, String value) {
    /** Reads {@code Name: value}. The messages leave out the value, which may be a password. */
    public static HeaderLine parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw OptionException.of("--header", "must be 'Name: value', and there is no colon");
        }
        HeaderLine line = new HeaderLine(
                text.substring(0, colon), text.substring(colon + 1).strip());
        try {
            Headers.of(line.name, line.value);
        } catch (IllegalArgumentException e) {
            throw OptionException.of("--header", String.valueOf(e.getMessage()));
        }
        return line;
    }

    /** Adds all to a request; the first of a name replaces what is there. */
    public static void describe(List<HeaderLine> headers, RequestSpec request) {
        Set<String> seen = new HashSet<>();
        for (HeaderLine header : headers) {
            if (seen.add(header.name.toLowerCase(Locale.ROOT))) {
                request.header(header.name, header.value);
            } else {
                request.addHeader(header.name, header.value);
            }
        }
    }

    /** Only its name. */
    @Override
    public String toString() {
        return name + ": (hidden)";
    }
}
