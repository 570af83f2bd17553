package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.martlet.fixture.Gate;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.Reply;
import io.martlet.http.ClientResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.helpers.BasicMDCAdapter;

@ExtendWith(LeakCheck.class)
class ContextCarrierTest {
    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();
    private static final ContextCarrier OF_TENANT = ContextCarrier.of(TENANT::get, TENANT::set);

    private final LocalServer server = new LocalServer().on("/", Reply.text("here"));
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        TENANT.remove();
        server.close();
        callbacks.shutdown();
    }

    private AsyncSessionBuilder carrying(ContextCarrier carrier) {
        return AsyncSession.builder().callbackExecutor(callbacks).contextCarrier(carrier);
    }

    /** What {@code see} sees in a callback of a request that was made before the gate was opened. */
    private <T> T inCallback(AsyncSession session, java.util.function.Supplier<T> see) {
        Gate gate = server.holding("/late");
        CompletableFuture<T> callback = session.get(server.url("/late")).thenApply(r -> see.get());
        TENANT.set("later");
        gate.open();
        return callback.join();
    }

    @Test
    void aCallbackSeesWhatTheCallersThreadHadWhenItCalled() {
        try (AsyncSession session = carrying(OF_TENANT).build()) {
            TENANT.set("a");

            assertEquals("a", inCallback(session, TENANT::get));
        }
    }

    @Test
    void nothingIsCarriedByDefault() {
        try (AsyncSession session =
                AsyncSession.builder().callbackExecutor(callbacks).build()) {
            TENANT.set("a");

            assertNull(inCallback(session, TENANT::get));
        }
    }

    @Test
    void theThreadHasAfterwardsWhatItHadBefore() throws Exception {
        callbacks.submit(() -> TENANT.set("the thread's own")).get();
        try (AsyncSession session = carrying(OF_TENANT).build()) {
            TENANT.set("a");

            assertEquals("a", inCallback(session, TENANT::get));
        }
        assertEquals("the thread's own", callbacks.submit(TENANT::get).get());
    }

    @Test
    void theContextsOfSlf4jAreCarried() {
        BasicMDCAdapter mdc = new BasicMDCAdapter();
        try (AsyncSession session = carrying(ContextCarrier.of(mdc::getCopyOfContextMap, mdc::setContextMap))
                .build()) {
            mdc.put("order", "4711");
            Gate gate = server.holding("/late");
            CompletableFuture<Map<String, String>> callback =
                    session.get(server.url("/late")).thenApply(r -> mdc.getCopyOfContextMap());
            mdc.put("order", "4712");
            gate.open();

            assertEquals(Map.of("order", "4711"), callback.join());
        }
    }

    @Test
    void severalAreCarried() {
        ThreadLocal<String> other = new ThreadLocal<>();
        try (AsyncSession session = carrying(OF_TENANT.and(ContextCarrier.of(other::get, other::set)))
                .build()) {
            TENANT.set("a");
            other.set("b");

            assertEquals("ab", inCallback(session, () -> TENANT.get() + other.get()));
        }
    }

    @Test
    void middlewaresAndActionsSeeItToo() {
        AsyncMiddleware seeing = (request, next) -> {
            seen.add("before " + TENANT.get());
            return next.send(request).thenApply(response -> {
                seen.add("after " + TENANT.get());
                return response;
            });
        };
        try (AsyncSession session = carrying(OF_TENANT).use(seeing).build()) {
            TENANT.set("a");

            CompletableFuture<List<ClientResponse>> all = session.gather(List.of("/"), 1, path -> {
                seen.add("action " + TENANT.get());
                return session.get(server.url(path));
            });
            TENANT.set("later");

            all.join();
        }
        assertEquals(List.of("action a", "before a", "after a"), seen);
    }

    @Test
    void aContextThatFailsLeavesNoFutureWaiting() {
        try (AsyncSession session = AsyncSession.builder()
                .contextCarrier(ContextCarrier.of(() -> "", context -> {
                    throw new IllegalStateException("by a carrier");
                }))
                .callbackExecutor(task -> callbacks.execute(() -> {
                    try {
                        task.run();
                    } catch (IllegalStateException e) {
                        seen.add(String.valueOf(e.getMessage()));
                    }
                }))
                .build()) {
            assertEquals("here", inCallback(session, () -> "here"));
            session.closeAsync().join();
        }
        assertEquals(List.of("by a carrier"), seen);
    }
}
