package io.martlet.samples.guide.pitfalls;

import io.martlet.async.AsyncSession;

/** A session for each request means a connection for each; nothing leaks, as each is closed, but all are opened anew. */
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
