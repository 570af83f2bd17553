package io.martlet.docs;

import io.martlet.Checkpoint;
import io.martlet.GatherOptions;
import io.martlet.Outcome;
import io.martlet.async.AsyncSession;
import io.martlet.http.ClientResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Many requests of one session. */
final class JavaMany {
    private JavaMany() {}

    static List<Object> many(
            AsyncSession session, List<String> urls, Path done, Path file, Flow.Subscriber<Object> subscriber)
            throws IOException {
        // row: gather
        CompletableFuture<List<String>> pages =
                session.gather(urls, 10, url -> session.get(url).thenApply(ClientResponse::text));
        // row: gather-outcomes
        CompletableFuture<List<Outcome<String>>> outcomes =
                session.gatherOutcomes(urls, 10, url -> session.get(url).thenApply(ClientResponse::text));
        // row: as-completed
        session.asCompleted(urls, 10, url -> session.get(url).thenApply(ClientResponse::text))
                .subscribe(subscriber);
        // row: slices
        CompletableFuture<List<String>> inSlices =
                session.batches(urls, 5, Duration.ZERO, url -> session.get(url).thenApply(ClientResponse::text));
        // row: per-host
        GatherOptions<String> gentle =
                GatherOptions.<String>builder().concurrency(100).perHost(4).build();
        session.gather(urls, gentle, url -> session.get(url)).join();
        // row: gather-progress
        GatherOptions<String> watched = GatherOptions.<String>builder()
                .progress(p -> System.out.println(p.ended() + " done"))
                .build();
        session.gather(urls, watched, url -> session.get(url)).join();
        // row: checkpoint
        try (Checkpoint checkpoint = Checkpoint.open(done)) {
            session.gather(
                            checkpoint.remaining(urls),
                            10,
                            url -> session.get(url).thenApply(page -> checkpoint.add(url)))
                    .join();
        }
        // row: download
        session.download("file", file).join();
        // end
        long good = outcomes.join().stream().filter(Outcome::isSuccess).count();
        return List.of(pages.join().size(), good, inSlices.join().size());
    }
}
