package io.martlet.samples.demo;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers with the headers that the query names, and lists them in its body. */
final class ResponseHeaders {
    // A second value of these would make the response unreadable.
    private static final Set<String> FRAMING = Set.of("Content-Length", "Transfer-Encoding", "Connection");

    private static final String JSON = "application/json";

    private ResponseHeaders() {}

    static void answer(Exchange exchange) {
        Map<String, List<String>> wanted = exchange.query().all();
        exchange.with("Content-Type", JSON);
        wanted.forEach((name, values) -> {
            if (FRAMING.contains(Echo.titleCase(name))) {
                throw HttpProblem.badRequest(name + " is for the server to set");
            }
            values.forEach(value -> exchange.with(name, value));
        });
        exchange.body(Json.encode(listing(exchange.query())));
    }

    /** The listing holds its own length: written again until that is right. */
    private static JsonObject listing(Parameters wanted) {
        int length = 0;
        while (true) {
            Parameters all = new Parameters();
            all.add("Content-Length", String.valueOf(length)).add("Content-Type", JSON);
            wanted.all().forEach((name, values) -> values.forEach(value -> all.add(name, value)));
            JsonObject listing = all.toJson();
            int written = Json.encode(listing).length();
            if (written == length) {
                return listing;
            }
            length = written;
        }
    }
}
