package io.martlet.samples.demo;

import java.nio.charset.StandardCharsets;

/** Chains of redirects and single ones. The last of a chain leads to {@code /get}. */
final class Redirects {
    private static final int LONGEST_CHAIN = 1_000_000;

    private Redirects() {}

    static void redirect(Exchange exchange) {
        boolean isAbsolute = exchange.query().text("absolute", "").equalsIgnoreCase("true");
        chain(exchange, isAbsolute ? exchange.root() : "", isAbsolute ? "/absolute-redirect/" : "/relative-redirect/");
    }

    static void relative(Exchange exchange) {
        chain(exchange, "", "/relative-redirect/");
    }

    static void absolute(Exchange exchange) {
        chain(exchange, exchange.root(), "/absolute-redirect/");
    }

    private static void chain(Exchange exchange, String root, String page) {
        int left = exchange.path().number("n", 1, LONGEST_CHAIN) - 1;
        found(exchange, root + (left == 0 ? "/get" : page + left));
    }

    /** Redirects to the parameter {@code url}, sent back as it came, with {@code status_code} when that is a 3xx. */
    static void redirectTo(Exchange exchange) {
        Parameters query = exchange.query();
        int status = query.number("status_code", 0, 999, 302);
        // A header is written as Latin-1: this way, the bytes of the UTF-8 go out.
        String location = new String(query.text("url").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        exchange.status(status >= 300 && status < 400 ? status : 302)
                .with("Location", location)
                .empty();
    }

    static void found(Exchange exchange, String location) {
        exchange.status(302).with("Location", location).text("text/html; charset=utf-8", "Found at " + location + "\n");
    }
}
