// Prints:
//   200 of 200 over 10 connections
//   1 of 3 refused
package io.martlet.samples.guide.pitfalls;

import io.martlet.Outcome;
import io.martlet.async.AsyncSession;
import io.martlet.config.ConnectorConfig;
import io.martlet.http.ClientResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Requests beyond the limit of connections wait in order; maxQueue limits how many may wait, and refuses the others. */
public final class TooManyAtOnce {
    public static void main(String[] args) {
        ConnectorConfig ten = ConnectorConfig.builder().limit(10).build();
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(args[0]).connector(ten).build()) {
            List<CompletableFuture<ClientResponse>> all = IntStream.range(0, 200)
                    .mapToObj(id -> session.get("get?id=" + id))
                    .toList();
            long answered =
                    all.stream().filter(response -> response.join().isOk()).count();
            System.out.println(answered + " of 200 over " + session.statistics().opened() + " connections");
        }
        ConnectorConfig one = ConnectorConfig.builder().limit(1).maxQueue(1).build();
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(args[0]).connector(one).build()) {
            // One is answered, one waits, and the third is a QueueFullException at once.
            List<Outcome<ClientResponse>> three = session.gatherOutcomes(
                            List.of(1, 2, 3), 3, id -> session.get("delay/1"))
                    .join();
            long refused =
                    three.stream().filter(outcome -> !outcome.isSuccess()).count();
            System.out.println(refused + " of 3 refused");
        }
    }
}
