// Prints:
//   GET http://127.0.0.1:8080/anything/users/python
//   Bearer my-key
//   POST {"title":"Hello"}
package io.martlet.samples.guide.programs;

import io.martlet.async.AsyncSession;
import io.martlet.auth.Bearer;
import io.martlet.body.JsonValue;
import io.martlet.config.ClientTimeout;
import io.martlet.http.ClientResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A class for one API: what its requests have in common is said once. */
public final class ApiClient implements AutoCloseable {
    public static void main(String[] args) {
        try (ApiClient api = new ApiClient(args[0] + "anything/", "my-key")) {
            JsonValue user = api.get("users/python").join();
            System.out.println(
                    user.get("method").asText() + " " + user.get("url").asText());
            System.out.println(user.get("headers").get("Authorization").asText());
            JsonValue post = api.post("posts", Map.of("title", "Hello")).join();
            System.out.println(post.get("method").asText() + " " + post.get("json"));
        }
    }

    private final AsyncSession session;

    public ApiClient(String baseUrl, String key) {
        session = AsyncSession.builder()
                .baseUrl(baseUrl)
                .auth(new Bearer(key))
                .timeout(ClientTimeout.ofTotal(Duration.ofSeconds(30)))
                .raiseForStatus(true)
                .build();
    }

    public CompletableFuture<JsonValue> get(String endpoint) {
        return session.get(endpoint).thenApply(ClientResponse::jsonTree);
    }

    public CompletableFuture<JsonValue> post(String endpoint, Object body) {
        return session.post(endpoint, r -> r.json(body)).thenApply(ClientResponse::jsonTree);
    }

    @Override
    public void close() {
        session.close();
    }
}
