// Prints:
//   streamed: 3 lines
//   kept: http://127.0.0.1:8080/get
//   too late: The session is closed
package io.martlet.samples.guide.start;

import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import io.martlet.error.ClientException.SessionClosedException;
import io.martlet.http.ClientResponse;

/** A session and a streamed response live until they are closed; the response of a verb is a value, and stays. */
public final class TwoLifetimes {
    public static void main(String[] args) throws Exception {
        AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build();
        ClientResponse kept;
        try (session) {
            kept = session.get("get").join();
            // Only what open returns holds a connection.
            try (AsyncResponse streamed = session.open("GET", "stream/3").join()) {
                System.out.println("streamed: " + streamed.text().join().lines().count() + " lines");
            }
        }
        System.out.println("kept: " + kept.jsonTree().get("url").asText());
        try {
            session.blocking().get("get");
        } catch (SessionClosedException e) {
            System.out.println("too late: " + e.getMessage());
        }
    }
}
