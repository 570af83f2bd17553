// Prints:
//   second: 200
//   connections: 1
package io.martlet.samples.guide.start;

import io.martlet.async.AsyncSession;

/** Two requests of one session, one connection. */
public final class ReusingASession {
    public static void main(String[] args) {
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            session.get("get")
                    .thenCompose(first -> session.get("headers"))
                    .thenAccept(second -> System.out.println("second: " + second.status()))
                    .join();
            System.out.println("connections: " + session.statistics().opened());
        }
    }
}
