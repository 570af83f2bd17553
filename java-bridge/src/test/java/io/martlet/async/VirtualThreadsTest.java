package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.config.ConnectorConfig;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.Reply;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

@EnabledForJreRange(min = JRE.JAVA_21)
@ExtendWith(LeakCheck.class)
class VirtualThreadsTest {
    private static final int THREADS = 10_000;

    @Test
    void tenThousandVirtualThreadsMayWaitAtOnce() throws Exception {
        ConnectorConfig few = ConnectorConfig.builder().limit(500).build();
        Executor in50Millis = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);
        ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try (LocalServer server = new LocalServer();
                AsyncSession session = AsyncSession.builder().connector(few).build()) {
            server.on(
                    "/",
                    r -> CompletableFuture.supplyAsync(() -> Reply.text("here"), in50Millis)
                            .join());
            BlockingSession blocking = session.blocking();
            Callable<String> call = () -> blocking.get(server.url("/")).text();

            List<Future<String>> texts = virtual.invokeAll(Collections.nCopies(THREADS, call));

            for (Future<String> text : texts) {
                assertEquals("here", text.get());
            }
            assertEquals(THREADS, server.getRequests().size());
        } finally {
            virtual.shutdown();
        }
    }
}
