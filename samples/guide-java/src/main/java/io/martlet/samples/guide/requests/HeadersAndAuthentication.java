// Prints:
//   User-Agent: my-app/1.0
//   Accept: application/json
//   Authorization: Bearer my-token
//   Accept: text/plain
package io.martlet.samples.guide.requests;

import io.martlet.async.AsyncSession;
import io.martlet.auth.Bearer;
import io.martlet.body.JsonValue;

/** Headers and credentials of a session go with each of its requests; a request can override them. */
public final class HeadersAndAuthentication {
    public static void main(String[] args) {
        try (AsyncSession session = AsyncSession.builder()
                .baseUrl(args[0])
                .header("User-Agent", "my-app/1.0")
                .header("Accept", "application/json")
                // Goes to the origin of baseUrl only, redirects included.
                .auth(new Bearer("my-token"))
                .build()) {
            JsonValue first = session.get("headers").join().jsonTree().get("headers");
            System.out.println("User-Agent: " + first.get("User-Agent").asText());
            System.out.println("Accept: " + first.get("Accept").asText());
            System.out.println("Authorization: " + first.get("Authorization").asText());

            JsonValue second = session.get("headers", r -> r.header("Accept", "text/plain"))
                    .join()
                    .jsonTree()
                    .get("headers");
            System.out.println("Accept: " + second.get("Accept").asText());
        }
    }
}
