package io.martlet.samples.demo;

import io.vertx.core.json.JsonObject;

/** Fails a given number of times before it answers, each client counted for itself. */
final class Flaky {
    private static final int MAX_KEYS = 10_000;
    private static final int MAX_FAILURES = 1_000_000;

    private final AttemptCounts attempts = new AttemptCounts(MAX_KEYS);

    void answer(Exchange exchange) {
        int failures = exchange.path().number("n", 0, MAX_FAILURES);
        int status = exchange.query().number("status", 200, 599, 503);
        String key = keyOf(exchange);
        int attempt = attempts.countUp(failures + "/" + key);
        JsonObject json = new JsonObject().put("key", key).put("attempts", attempt);
        if (attempt > failures) {
            exchange.json(json);
            return;
        }
        if (exchange.query().has("retry_after")) {
            exchange.with("Retry-After", exchange.query().text("retry_after"));
        }
        exchange.status(status).json(json.put("error", "failure " + attempt + " of " + failures));
    }

    /** A client without a key is its address, not its port: its next attempt may take another connection. */
    private static String keyOf(Exchange exchange) {
        String header = exchange.header("X-Client-Key");
        if (header != null) {
            return header;
        }
        return exchange.query().text("key", exchange.request().remoteAddress().hostAddress());
    }
}
