package io.martlet.samples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Conditional requests (RFC 9110 §13) and freshness (RFC 9111). */
final class Caching {
    private Caching() {}

    /** 304 to any request that has a copy, whichever it is. */
    static void cache(Exchange exchange) {
        if (exchange.header("If-Modified-Since") != null || exchange.header("If-None-Match") != null) {
            exchange.status(304).empty();
            return;
        }
        exchange.with("Last-Modified", HttpDates.now())
                .with("ETag", UUID.randomUUID().toString().replace("-", ""));
        Echo.get(exchange);
    }

    static void maxAge(Exchange exchange) {
        int seconds = exchange.path().number("seconds", 0, Integer.MAX_VALUE);
        exchange.with("Cache-Control", "public, max-age=" + seconds);
        Echo.get(exchange);
    }

    static void etag(Exchange exchange) {
        String etag = exchange.path().text("etag");
        List<String> unwanted = tags(exchange, "If-None-Match");
        List<String> wanted = tags(exchange, "If-Match");
        if (unwanted.contains(etag) || unwanted.contains("*")) {
            exchange.status(304).with("ETag", etag).empty();
            return;
        }
        if (unwanted.isEmpty() && !wanted.isEmpty() && !wanted.contains(etag) && !wanted.contains("*")) {
            exchange.status(412).empty();
            return;
        }
        exchange.with("ETag", etag);
        Echo.get(exchange);
    }

    /** Tags without their quotes and W/, since httpbin's are bare. */
    private static List<String> tags(Exchange exchange, String header) {
        List<String> tags = new ArrayList<>();
        for (String line : exchange.request().headers().getAll(header)) {
            for (String part : line.split(",")) {
                tags.add(bare(part));
            }
        }
        return tags;
    }

    static String bare(String tag) {
        String text = tag.strip();
        text = text.startsWith("W/") ? text.substring(2) : text;
        return text.replace("\"", "");
    }
}
