package io.martlet.samples.app;

import io.martlet.async.AsyncMiddleware;
import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import io.martlet.async.ContextCarrier;
import io.martlet.async.RequestSpec;
import io.martlet.config.ClientTimeout;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.Attribute;
import io.martlet.http.ClientRequest;
import io.martlet.http.Deadline;
import io.martlet.http.Headers;
import io.martlet.http.Method;
import io.martlet.http.QueryParams;
import io.martlet.http.Status;
import io.martlet.http.Url;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Layers around every request: one signs it, one answers from memory; and context that follows from thread to thread. */
final class Middlewares implements Chapter {
    private static final Attribute<String> TENANT = new Attribute<>("tenant");

    /** Adds who is paying, unless too little time is left for that to matter. */
    private static CompletionStage<AsyncResponse> sign(ClientRequest request, AsyncMiddleware.Next next) {
        Deadline deadline = request.deadline();
        boolean isHopeless = deadline != null && deadline.leftNanos() < 0;
        String tenant = request.attribute(TENANT);
        Headers.Builder signed = request.headers().toBuilder();
        return next.send(
                isHopeless || tenant == null
                        ? request
                        : request.withHeaders(signed.set("X-Tenant", tenant).build()));
    }

    /** Sends a GET once, and answers later ones itself. */
    private static final class Memory implements AsyncMiddleware {
        private final Map<Url, byte[]> known = new ConcurrentHashMap<>();

        @Override
        public CompletionStage<AsyncResponse> intercept(ClientRequest request, Next next) {
            byte[] body = known.get(request.url());
            if (!request.method().equals(Method.GET)) {
                return next.send(request);
            }
            if (body != null) {
                Headers headers = Headers.of("X-From", "memory");
                return CompletableFuture.completedFuture(AsyncResponse.of(request, Status.OK, headers, body));
            }
            return next.send(request)
                    .thenCompose(response -> response.bytes().thenApply(bytes -> {
                        known.put(request.url(), bytes);
                        return AsyncResponse.of(request, response.status(), response.headers(), bytes);
                    }));
        }
    }

    @Override
    public void tell(String url, PrintStream out) throws InvalidUrlException {
        ThreadLocal<String> user = new ThreadLocal<>();
        Memory memory = new Memory();
        try (AsyncSession session = AsyncSession.builder()
                .baseUrl(url)
                .use(memory)
                .use(Middlewares::sign)
                .contextCarrier(ContextCarrier.of(user::get, user::set))
                .build()) {
            user.set("ann");
            Consumer<RequestSpec> forAcme = request -> request.attribute(TENANT, "acme");
            out.println(session.get("headers", forAcme)
                    .thenApply(response -> user.get() + " asked for "
                            + response.jsonTree().get("headers").get("X-Tenant").asText())
                    .join());
            out.println("the second time out of "
                    + session.get("headers", forAcme).join().headers().get("X-From"));

            ClientRequest byHand = session.newRequest(Method.of("get"), search("caf\u00e9"), request -> {}).toBuilder()
                    .attempt(1)
                    .build();
            String args = new String(session.send(byHand).join().bytes(), StandardCharsets.UTF_8);
            out.println("found: " + args.contains("caf"));
            ClientRequest.Builder another = ClientRequest.builder(Method.HEAD, Url.parse(url));
            another.timeout(ClientTimeout.ofTotal(Duration.ofSeconds(5)));
            out.println(session.send(another.build()).join().status() + " for a request that no session made");
        }
    }

    private static String search(String words) {
        QueryParams.Builder query = QueryParams.builder().add("q", words).add("limit", 10);
        QueryParams params = query.build();
        return "anything?" + params.encoded();
    }
}
