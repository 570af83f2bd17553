package io.martlet.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happens between a grant and its taking, and to who gives up. */
class SlotBookCancelTest {
    private final Desk desk = Desk.limited(1, 0);

    @Test
    void aCancelledWaiterLeavesTheQueue() {
        desk.use("a1");
        desk.queue("a-first", "a-second", "a-third");

        assertEquals("-", desk.cancel("a-second"));
        assertEquals("Requests: 1 active, 2 queued | Connections: 1 active, 0 opening, 0 idle", desk.toString());
        assertEquals("-", desk.cancel("a-first"));
        assertEquals("grant a-third", desk.release("a1"));
    }

    @Test
    void aConnectionGrantedToACancelledWaiterGoesToTheNext() {
        desk.use("a1");
        desk.queue("a-first", "a-second");
        desk.release("a1");

        assertEquals("grant a-second", desk.cancel("a-first"));
        assertEquals("reuse a1", desk.take("a-second"));
        assertEquals("Requests: 1 active, 0 queued | Connections: 1 active, 0 opening, 0 idle", desk.toString());
    }

    @Test
    void aSlotGrantedToACancelledWaiterGoesToTheNext() {
        desk.use("a1");
        desk.queue("a-first", "b-second");
        desk.discard("a1");

        assertEquals("grant b-second", desk.cancel("a-first"));
        assertEquals("open", desk.take("b-second"));
        assertEquals("Requests: 1 active, 0 queued | Connections: 0 active, 1 opening, 0 idle", desk.toString());
    }

    @Test
    void aConnectionGrantedToACancelledWaiterIsClosedWhenTheNextHasAnotherKey() {
        desk.use("a1");
        desk.queue("a-first", "b-second");
        desk.release("a1");

        assertEquals("grant b-second, close [a1]", desk.cancel("a-first"));
    }

    @Test
    void aConnectionGrantedToTheOnlyWaiterIsIdleWhenHeIsCancelled() {
        desk.use("a1");
        desk.queue("a-first");
        desk.release("a1");
        desk.pass(Duration.ofSeconds(5));

        assertEquals("-", desk.cancel("a-first"));
        assertEquals("Requests: 0 active, 0 queued | Connections: 0 active, 0 opening, 1 idle", desk.toString());
        assertEquals(10_000, desk.millisToNextExpiry());
    }

    @Test
    void aConnectionThatExpiredWhileGrantedGoesToNobody() {
        desk.use("a1");
        desk.queue("a-first", "a-second");
        desk.release("a1");
        desk.pass(Duration.ofSeconds(15));

        assertEquals("grant a-second, close [a1]", desk.cancel("a-first"));
        assertEquals("open", desk.take("a-second"));
    }

    @Test
    void whoTakesAConnectionThatExpiredMeanwhileOpensAnother() {
        desk.use("a1");
        desk.queue("a-first");
        desk.release("a1");
        desk.pass(Duration.ofSeconds(15));

        assertEquals("open, close [a1]", desk.take("a-first"));
        assertEquals("Requests: 1 active, 0 queued | Connections: 0 active, 1 opening, 0 idle", desk.toString());
    }

    @Test
    void whoTakesAConnectionThatDiedMeanwhileOpensAnother() {
        desk.use("a1");
        desk.queue("a-first", "a-second");
        desk.release("a1");

        assertEquals("-, close [a1]", desk.retire("a1"));
        assertEquals("Requests: 1 active, 1 queued | Connections: 0 active, 1 opening, 0 idle", desk.toString());
        assertEquals("open", desk.take("a-first"));
        assertEquals("-", desk.opened("A", "a2"));
        assertEquals("grant a-second", desk.release("a2"));
    }

    @Test
    void aSlotWhoseConnectionDiedGoesToTheNextWhenItsWaiterIsCancelled() {
        desk.use("a1");
        desk.queue("a-first", "a-second");
        desk.release("a1");
        desk.retire("a1");

        assertEquals("grant a-second", desk.cancel("a-first"));
        assertEquals("open", desk.take("a-second"));
    }

    @Test
    void whoWasCancelledAfterHisGrantTakesNothing() {
        desk.use("a1");
        desk.queue("a-first");
        desk.release("a1");
        desk.cancel("a-first");

        assertEquals("cancelled", desk.take("a-first"));
        assertEquals("Requests: 0 active, 0 queued | Connections: 0 active, 0 opening, 1 idle", desk.toString());
    }

    @Test
    void whoHasTakenHisSlotCannotBeCancelled() {
        desk.use("a1");
        desk.queue("a-first", "a-second");
        desk.release("a1");
        desk.take("a-first");

        assertEquals("-", desk.cancel("a-first"));
        assertEquals("Requests: 1 active, 1 queued | Connections: 1 active, 0 opening, 0 idle", desk.toString());
    }

    @Test
    void aSecondCancelDoesNothing() {
        desk.use("a1");
        desk.queue("a-first", "a-second", "a-third");
        desk.release("a1");
        desk.cancel("a-first");

        assertEquals("-", desk.cancel("a-first"));
        assertEquals("-", desk.cancel("nobody"));
        assertEquals("Requests: 1 active, 1 queued | Connections: 1 active, 0 opening, 0 idle", desk.toString());
    }

    @Test
    void aWaiterWaitsUntilHeTakesHisSlotOrIsCancelled() {
        desk.use("a1");
        desk.queue("a-first", "a-second");
        assertTrue(desk.book.isWaiting("a-first"));

        desk.release("a1");
        assertTrue(desk.book.isWaiting("a-first"));

        desk.take("a-first");
        assertFalse(desk.book.isWaiting("a-first"));

        desk.cancel("a-second");
        assertFalse(desk.book.isWaiting("a-second"));
    }

    @Test
    void aRetiredIdleConnectionIsClosed() {
        desk.idle("a1");

        assertEquals("-, close [a1]", desk.retire("a1"));
        assertEquals("open", desk.ask("A", "w1"));
    }

    @Test
    void aRetiredConnectionInUseIsClosedWhenItIsReleased() {
        desk.use("a1");
        desk.queue("a-first");

        assertEquals("-", desk.retire("a1"));
        assertEquals("Requests: 1 active, 1 queued | Connections: 1 active, 0 opening, 0 idle", desk.toString());
        assertEquals("grant a-first, close [a1]", desk.release("a1"));
        assertEquals("open", desk.take("a-first"));
    }

    @Test
    void retiringAConnectionThatIsGoneDoesNothing() {
        desk.idle("a1");
        desk.retire("a1");

        assertEquals("-", desk.retire("a1"));
        assertEquals("-", desk.retire("never seen"));
        assertEquals("Requests: 0 active, 0 queued | Connections: 0 active, 0 opening, 0 idle", desk.toString());
    }
}
