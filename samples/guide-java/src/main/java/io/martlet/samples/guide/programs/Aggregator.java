// Prints:
//   fetched 3 of 5
//   ip: [origin]
//   uuid: [uuid]
//   status/503: StatusException
//   user-agent: [user-agent]
//   html: JsonException
package io.martlet.samples.guide.programs;

import io.martlet.Outcome;
import io.martlet.async.AsyncSession;
import io.martlet.body.JsonValue;
import io.martlet.config.ClientTimeout;
import io.martlet.config.ConnectorConfig;
import io.martlet.http.ClientResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Combines several sources; when some of them fail, the others still count. */
public final class Aggregator implements AutoCloseable {
    public static void main(String[] args) {
        List<String> sources = List.of("ip", "uuid", "status/503", "user-agent", "html");
        try (Aggregator aggregator = new Aggregator(args[0])) {
            List<Outcome<JsonValue>> results = aggregator.fetch(sources).join();
            System.out.println(
                    "fetched " + results.stream().filter(Outcome::isSuccess).count() + " of " + sources.size());
            for (Outcome<JsonValue> result : results) {
                System.out.println(sources.get((int) result.index()) + ": " + describe(result));
            }
        }
    }

    private static String describe(Outcome<JsonValue> result) {
        if (result instanceof Outcome.Failure<JsonValue> failure) {
            return failure.error().getClass().getSimpleName();
        }
        return result.orElseThrow().fields().keySet().toString();
    }

    private final AsyncSession session;

    public Aggregator(String baseUrl) {
        session = AsyncSession.builder()
                .baseUrl(baseUrl)
                .timeout(ClientTimeout.ofTotal(Duration.ofSeconds(10)))
                .connector(ConnectorConfig.builder().limit(20).limitPerHost(5).build())
                .raiseForStatus(true)
                .build();
    }

    public CompletableFuture<List<Outcome<JsonValue>>> fetch(List<String> sources) {
        return session.gatherOutcomes(sources, 5, source -> session.get(source).thenApply(ClientResponse::jsonTree));
    }

    @Override
    public void close() {
        session.close();
    }
}
