package io.martlet.samples.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ThreadLocalRandom;

/** Answers with a status of the client's choice, and with what belongs to it. */
final class Statuses {
    private static final String TEAPOT = """

                 ( (
                  ) )
              ._______.
              |  418  |__
               \\      |  )
                \\_____/--'
              I'm a teapot
            """;

    private Statuses() {}

    /** One code, or a list with weights such as {@code 200:3,503:1} to choose from at random. */
    static void status(Exchange exchange) {
        answer(exchange, choose(exchange.path().text("codes")));
    }

    static void answer(Exchange exchange, int code) {
        exchange.status(code);
        switch (code) {
            case 301, 302, 303, 305, 307, 308 ->
                exchange.with("Location", "/redirect/1").empty();
            case 401 ->
                exchange.with("WWW-Authenticate", "Basic realm=\"Fake Realm\"").empty();
            case 402 -> exchange.text("text/plain", "This one is not free.");
            case 406 -> exchange.json(acceptable());
            case 407 ->
                exchange.with("Proxy-Authenticate", "Basic realm=\"Fake Realm\"")
                        .empty();
            case 418 ->
                exchange.status(418, "I'm a teapot")
                        .with("X-More-Info", "https://www.rfc-editor.org/rfc/rfc2324")
                        .text("text/plain", TEAPOT);
            default -> exchange.empty();
        }
    }

    private static JsonObject acceptable() {
        JsonArray types = new JsonArray()
                .add("image/webp")
                .add("image/svg+xml")
                .add("image/jpeg")
                .add("image/png");
        return new JsonObject()
                .put("message", "Client did not request a supported media type.")
                .put("accept", types.add("image/*"));
    }

    private static int choose(String codes) {
        String[] choices = codes.split(",", -1);
        double total = 0;
        for (String choice : choices) {
            total += weight(choice);
        }
        double point = ThreadLocalRandom.current().nextDouble() * total;
        for (String choice : choices) {
            point -= weight(choice);
            if (point < 0) {
                return code(choice);
            }
        }
        return code(choices[choices.length - 1]);
    }

    private static double weight(String choice) {
        int colon = choice.indexOf(':');
        if (colon < 0) {
            return 1;
        }
        try {
            return Math.max(0, Double.parseDouble(choice.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw HttpProblem.badRequest("the weight in '" + choice + "' is not a number");
        }
    }

    private static int code(String choice) {
        int colon = choice.indexOf(':');
        String text = colon < 0 ? choice : choice.substring(0, colon);
        int code = new Parameters().add("status code", text).number("status code", 0, 1_000);
        // RFC 9110 §15.2: a 1xx announces another answer, it cannot be the last.
        if (code < 200 || code > 999) {
            throw HttpProblem.badRequest("a status code must be 200 to 999 but was '" + text + "'");
        }
        return code;
    }
}
