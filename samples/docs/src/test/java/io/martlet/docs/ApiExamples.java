package io.martlet.docs;

import io.martlet.Checkpoint;
import io.martlet.async.AsyncMiddleware;
import io.martlet.async.AsyncSession;
import io.martlet.async.ContextCarrier;
import io.martlet.async.RequestSpec;
import io.martlet.body.JsonValue;
import io.martlet.body.TypeRef;
import io.martlet.error.ClientException;
import io.martlet.http.Attribute;
import io.martlet.http.ClientResponse;
import io.martlet.trace.TraceEvent;
import io.martlet.trace.TraceListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The examples in the comments of the API in Java. */
final class ApiExamples {
    private static final Logger log = LoggerFactory.getLogger(ApiExamples.class);

    static final Attribute<String> JOB = new Attribute<>("job");

    record Post(String title) {}

    private ApiExamples() {}

    static List<Post> typeRef(ClientResponse response) {
        List<Post> posts = response.json(new TypeRef<List<Post>>() {});
        return posts;
    }

    static String jsonValue(ClientResponse response, AsyncSession session) {
        String first = response.jsonTree().get("posts").at(0).get("title").asText();
        JsonValue post = JsonValue.builder()
                .put("title", "Hi")
                .put("tags", List.of("a", "b"))
                .build();
        session.post("posts", request -> request.json(post));
        return first;
    }

    static final class Nightly {
        private final RequestSpec request;
        private TraceListener listener = (asked, event) -> {};

        Nightly(RequestSpec request) {
            this.request = request;
        }

        TraceListener attribute() {
            request.attribute(JOB, "nightly");
            listener = (request, event) -> log(request.attribute(JOB), event);
            return listener;
        }
    }

    static void log(String job, TraceEvent event) {
        log.info("{}: {}", job, event);
    }

    static void checkpoint(AsyncSession session, List<String> urls, Consumer<ClientResponse> saving)
            throws IOException {
        class Run {
            private void save(ClientResponse response) {
                saving.accept(response);
            }

            private void run() throws IOException {
                try (Checkpoint done = Checkpoint.open(Path.of("run.done"))) {
                    session.gather(
                                    done.remaining(urls),
                                    50,
                                    url -> session.get(url).thenAccept(response -> {
                                        save(response);
                                        done.add(url);
                                    }))
                            .join();
                }
            }
        }
        new Run().run();
    }

    static void contextCarrier(String url) {
        AsyncSession session = AsyncSession.builder()
                .contextCarrier(ContextCarrier.of(MDC::getCopyOfContextMap, MDC::setContextMap))
                .build();
        try (session) {
            MDC.put("order", "4711");
            session.get(url).thenAccept(response -> log.info("Got {}", response.status()));
        }
    }

    static ClientResponse blocking(AsyncSession session) throws ClientException, InterruptedException {
        ClientResponse response = session.blocking().get("posts/7");
        return response;
    }

    static AsyncMiddleware middleware() {
        AsyncMiddleware onceMore = (request, next) -> next.send(request).thenCompose(response -> {
            if (response.status() != 503) {
                return CompletableFuture.completedFuture(response);
            }
            response.close();
            return next.send(request.toBuilder().attempt(request.attempt() + 1).build());
        });
        return onceMore;
    }
}
