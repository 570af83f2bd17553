package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.Reply;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class HeldSessionTest {
    private static BlockingSession forgettingTheOther() {
        return AsyncSession.create().blocking();
    }

    @Test
    void whoHoldsTheBlockingFaceHoldsItsSession() throws Exception {
        try (LocalServer server = new LocalServer().on("/", Reply.text("hello"))) {
            BlockingSession blocking = forgettingTheOther();
            WeakReference<AsyncSession> other = new WeakReference<>(blocking.async());

            System.gc();

            assertNotNull(other.get());
            assertEquals("hello", blocking.get(server.url("/")).text());
            blocking.async().close();
        }
    }
}
