// Prints:
//   status: 200
//   url: http://127.0.0.1:8080/get
package io.martlet.samples.guide.start;

import io.martlet.async.AsyncSession;
import io.martlet.http.ClientResponse;

/** One GET: its status, and a field of its JSON. */
public final class FirstGet {
    public static void main(String[] args) {
        try (AsyncSession session = AsyncSession.create()) {
            ClientResponse response = session.get(args[0] + "get").join();
            System.out.println("status: " + response.status());
            System.out.println("url: " + response.jsonTree().get("url").asText());
        }
    }
}
