package io.martlet.samples.bench.client;

import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import io.martlet.async.AsyncSessionBuilder;
import io.martlet.async.RequestSpec;
import io.martlet.config.ConnectorConfig;
import io.martlet.engine.EngineFactory;
import io.martlet.http.ClientResponse;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Martlet's futures. */
final class MartletFutures implements CallbackClient {
    private final AsyncSession session;

    /**
     * Opens a session.
     *
     * @param callbacks where its futures complete; null for its default
     * @param engine    what carries its requests; null for its default
     */
    MartletFutures(int inFlight, @Nullable Executor callbacks, @Nullable EngineFactory engine) {
        AsyncSessionBuilder builder = AsyncSession.builder()
                .connector(ConnectorConfig.DEFAULT.toBuilder().limit(inFlight).build());
        if (callbacks != null) {
            builder.callbackExecutor(callbacks);
        }
        if (engine != null) {
            builder.engine(engine);
        }
        session = builder.build();
    }

    @Override
    public void start(Exchange exchange, Answer answer) {
        switch (exchange.kind()) {
            case FETCH -> tell(session.get(exchange.url(), request -> prepare(exchange, request)), answer);
            case DOWNLOAD ->
                session.open("GET", exchange.url()).whenComplete((response, failure) -> {
                    if (failure != null) {
                        answer.failed(failure);
                    } else {
                        count(response, answer);
                    }
                });
            case UPLOAD -> tell(session.post(exchange.url(), request -> request.bytes(exchange.upload())), answer);
        }
    }

    private static void prepare(Exchange exchange, RequestSpec request) {
        if (exchange.closes()) {
            request.header("Connection", "close");
        }
    }

    private static void tell(CompletableFuture<ClientResponse> future, Answer answer) {
        future.whenComplete((response, failure) -> {
            if (failure != null) {
                answer.failed(failure);
            } else {
                answer.done(response.status(), response.bytes().length);
            }
        });
    }

    private static void count(AsyncResponse response, Answer answer) {
        CompletableFuture<Long> bytes = response.body().transferTo(new Drain());
        bytes.whenComplete((read, failure) -> {
            response.close();
            if (failure != null) {
                answer.failed(failure);
            } else {
                answer.done(response.status(), read);
            }
        });
    }

    @Override
    public void close() {
        session.close();
    }

    /** Takes bytes and forgets them, as the other clients' callbacks do. */
    private static final class Drain implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) {
            int count = bytes.remaining();
            bytes.position(bytes.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
