// Prints:
//   a session for each, connections: 5
//   one session, connections: 1
package io.martlet.samples.guide.pitfalls;

import io.martlet.async.AsyncSession;

/** A session for each request opens a connection for each. Nothing leaks, since each is closed, but nothing is reused. */
public final class SessionPerRequest {
    public static void main(String[] args) {
        long opened = 0;
        for (int i = 0; i < 5; i++) {
            try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
                session.get("get").join();
                opened += session.statistics().opened();
            }
        }
        System.out.println("a session for each, connections: " + opened);

        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            for (int i = 0; i < 5; i++) {
                session.get("get").join();
            }
            System.out.println(
                    "one session, connections: " + session.statistics().opened());
        }
    }
}
