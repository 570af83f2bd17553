package io.martlet.samples.fetch;

import io.martlet.http.Headers;

/** A header field as it is given on the command line. */
record HeaderLine(String name, String value) {
    /** Reads {@code Name: value}. The messages leave out the value, which may be a password. */
    static HeaderLine parse(String text) {
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

    /** Only its name. */
    @Override
    public String toString() {
        return name + ": (hidden)";
    }
}
