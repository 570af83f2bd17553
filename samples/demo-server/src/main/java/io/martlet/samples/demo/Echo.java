package io.martlet.samples.demo;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Pages that tell the client what it sent, in httpbin's form. */
final class Echo {
    private static final double MAX_DELAY_SECONDS = 10;

    // What proxies add on the way; httpbin shows it only with the parameter show_env.
    private static final Set<String> PROXY_HEADERS = Set.of(
            "Connect-Time",
            "Total-Route-Time",
            "Via",
            "X-Forwarded-For",
            "X-Forwarded-Port",
            "X-Forwarded-Proto",
            "X-Forwarded-Protocol",
            "X-Forwarded-Ssl",
            "X-Heroku-Dynos-In-Use",
            "X-Heroku-Queue-Depth",
            "X-Heroku-Queue-Wait-Time",
            "X-Real-Ip",
            "X-Request-Id",
            "X-Request-Start",
            "X-Varnish");

    private Echo() {}

    static void get(Exchange exchange) {
        exchange.json(target(exchange));
    }

    static void withBody(Exchange exchange) {
        exchange.json(targetAndBody(exchange));
    }

    static void anything(Exchange exchange) {
        exchange.json(targetAndBody(exchange).put("method", exchange.method().name()));
    }

    /** Echoes all but {@code json}, as httpbin does here. */
    static void delay(Exchange exchange) {
        long millis = exchange.path().millis("seconds", MAX_DELAY_SECONDS);
        exchange.after(millis, () -> {
            JsonObject echo = targetAndBody(exchange);
            echo.remove("json");
            exchange.json(echo);
        });
    }

    static void headers(Exchange exchange) {
        exchange.json(new JsonObject().put("headers", headersOf(exchange)));
    }

    static void ip(Exchange exchange) {
        exchange.json(new JsonObject().put("origin", origin(exchange)));
    }

    static void userAgent(Exchange exchange) {
        exchange.json(new JsonObject().put("user-agent", exchange.header("User-Agent")));
    }

    static void uuid(Exchange exchange) {
        exchange.json(new JsonObject().put("uuid", UUID.randomUUID().toString()));
    }

    static JsonObject target(Exchange exchange) {
        return new JsonObject()
                .put("args", exchange.query().toJson())
                .put("headers", headersOf(exchange))
                .put("origin", origin(exchange))
                .put("url", url(exchange));
    }

    private static JsonObject targetAndBody(Exchange exchange) {
        BodyContent content = BodyContent.of(exchange);
        return new JsonObject()
                .put("args", exchange.query().toJson())
                .put("data", content.data())
                .put("files", content.files().toJson())
                .put("form", content.form().toJson())
                .put("headers", headersOf(exchange))
                .put("json", content.json())
                .put("origin", origin(exchange))
                .put("url", url(exchange));
    }

    static Map<String, String> headersOf(Exchange exchange) {
        boolean showsAll = exchange.query().has("show_env");
        Map<String, String> headers = new TreeMap<>();
        exchange.request().headers().forEach((name, value) -> {
            String shown = titleCase(name);
            if (showsAll || !PROXY_HEADERS.contains(shown)) {
                headers.merge(shown, value, (first, second) -> first + "," + second);
            }
        });
        return headers;
    }

    static String origin(Exchange exchange) {
        String forwarded = exchange.header("X-Forwarded-For");
        return forwarded == null ? exchange.request().remoteAddress().hostAddress() : forwarded;
    }

    private static String url(Exchange exchange) {
        String target = exchange.request().uri();
        // RFC 9112 §3.2.2: a client that takes this server for a proxy sends the whole URL.
        return target.startsWith("/") ? exchange.root() + target : target;
    }

    /** {@code x-request_id} as X-Request-Id: httpbin sees names as CGI has them, without case and with underscores. */
    static String titleCase(String name) {
        char[] letters = name.toCharArray();
        boolean startsWord = true;
        for (int i = 0; i < letters.length; i++) {
            char letter = letters[i] == '_' ? '-' : letters[i];
            letters[i] = startsWord ? Character.toUpperCase(letter) : Character.toLowerCase(letter);
            startsWord = letter == '-';
        }
        return new String(letters);
    }
}
