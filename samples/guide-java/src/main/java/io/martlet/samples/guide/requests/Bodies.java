// Prints:
//   application/json: "alice@example.com"
//   application/x-www-form-urlencoded: {"field":"a value"}
//   application/octet-stream: "raw"
package io.martlet.samples.guide.requests;

import io.martlet.async.AsyncSession;
import io.martlet.body.JsonValue;
import java.util.Map;

/** Three kinds of body: JSON, a form, raw bytes. Each sets its own Content-Type. */
public final class Bodies {
    record User(String name, String email) {}

    public static void main(String[] args) {
        User alice = new User("alice", "alice@example.com");
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            JsonValue json = session.post("post", r -> r.json(alice)).join().jsonTree();
            System.out.println(contentType(json) + ": " + json.get("json").get("email"));

            JsonValue form = session.post("post", r -> r.form(Map.of("field", "a value")))
                    .join()
                    .jsonTree();
            System.out.println(contentType(form) + ": " + form.get("form"));

            JsonValue raw = session.post("post", r -> r.bytes(new byte[] {'r', 'a', 'w'}))
                    .join()
                    .jsonTree();
            System.out.println(contentType(raw) + ": " + raw.get("data"));
        }
    }

    private static String contentType(JsonValue echo) {
        return echo.get("headers").get("Content-Type").asText();
    }
}
