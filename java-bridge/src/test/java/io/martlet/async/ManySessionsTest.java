package io.martlet.async;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.fixture.HeapKt;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.Reply;
import io.martlet.internal.net.Descriptors;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ManySessionsTest {
    private static final long MIB = 1 << 20;

    @Test
    void aThousandSessionsOpenedUsedAndClosedLeaveNothing() {
        int open = Descriptors.open();
        try (LocalServer server = new LocalServer().on("/", Reply.text("hello"))) {
            useSessions(100, server);
            Set<String> threads = threads();
            long heap = HeapKt.usedHeap();

            useSessions(1_000, server);

            Set<String> left = threads();
            left.removeAll(threads);
            assertEquals(Set.of(), left);
            // What the server remembers of 1,000 requests is there too.
            HeapKt.awaitHeapAtMost(heap + 16 * MIB);
        }
        Descriptors.awaitAtMost(open);
    }

    private static void useSessions(int count, LocalServer server) {
        for (int i = 0; i < count; i++) {
            AsyncSession session = AsyncSession.create();
            assertEquals("hello", session.get(server.url("/")).join().text());
            session.closeAsync().join();
        }
        server.awaitAllEnded();
    }

    /** But for the server's, and those that all coroutines of a JVM share. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.matches("(fixture-|DefaultDispatcher-worker-|kotlinx).*"))
                .collect(toCollection(TreeSet::new));
    }
}
