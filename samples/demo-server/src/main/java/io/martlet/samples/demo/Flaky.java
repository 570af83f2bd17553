package io.martlet.samples.demo;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fails a given number of times before it answers, each client counted for itself. */
final class Flaky {
    private static final int MAX_KEYS = 10_000;
    private static final int MAX_FAILURES = 1_000_000;

    // The count of each key; those used longest ago are forgotten first. Guarded by this.
    private final Map<String, Integer> attempts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MAX_KEYS;
        }
    };

    void answer(Exchange exchange) {
        int failures = exchange.path().number("n", 0, MAX_FAILURES);
        int status = exchange.query().number("status", 200, 599, 503);
        String key = keyOf(exchange);
        int attempt = countUp(failures + "/" + key);
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

    /** A client behind no key is its address, not its port: the next attempt may take another connection. */
    private static String keyOf(Exchange exchange) {
        String header = exchange.header("X-Client-Key");
        if (header != null) {
            return header;
        }
        return exchange.query().text("key", exchange.request().remoteAddress().hostAddress());
    }

    private synchronized int countUp(String key) {
        return attempts.merge(key, 1, Integer::sum);
    }
}
