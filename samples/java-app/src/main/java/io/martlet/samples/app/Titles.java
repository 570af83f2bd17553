package io.martlet.samples.app;

import io.martlet.async.AsyncSession;
import io.martlet.config.ClientTimeout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** The titles of twenty posts, five requests at a time. */
public final class Titles {
    record Post(int id, String title) {}

    static AsyncSession session(String baseUrl) {
        return AsyncSession.builder()
                .baseUrl(baseUrl)
                .header("Accept", "application/json")
                .timeout(ClientTimeout.ofTotal(Duration.ofSeconds(30)))
                .raiseForStatus(true)
                .build();
    }

    static CompletableFuture<List<String>> titles(AsyncSession session) {
        List<Integer> ids = IntStream.rangeClosed(1, 20).boxed().toList();
        return session.gather(
                ids,
                5,
                id -> session.get("posts/" + id)
                        .thenApply(r -> r.json(Post.class).title()));
    }

    public static void main(String[] args) {
        try (AsyncSession session = session(args.length > 0 ? args[0] : "http://127.0.0.1:8080/")) {
            titles(session).join().forEach(System.out::println);
        }
    }
}
