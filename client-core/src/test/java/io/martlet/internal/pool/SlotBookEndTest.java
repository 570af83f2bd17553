package io.martlet.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Calls that are wrong, what is left behind, and the end. */
class SlotBookEndTest {
    private final Desk desk = Desk.limited(1, 0);

    @Test
    void aConnectionCannotBeReleasedTwice() {
        desk.use("a1");
        desk.release("a1");

        assertWrong("release: the connection is idle already", () -> desk.release("a1"));
        assertWrong("discard: the connection is idle already", () -> desk.discard("a1"));
    }

    @Test
    void aDiscardedConnectionCannotBeReleased() {
        desk.use("a1");
        desk.discard("a1");

        assertWrong("release: the book does not know the connection, or no longer", () -> desk.release("a1"));
        assertWrong("discard: the book does not know the connection, or no longer", () -> desk.discard("a1"));
    }

    @Test
    void aGrantedConnectionCannotBeReleasedBeforeItIsTaken() {
        desk.use("a1");
        desk.queue("a-first");
        desk.release("a1");

        String wrong = ": the connection is granted to a waiter that has not taken it";
        assertWrong("release" + wrong, () -> desk.release("a1"));
        assertWrong("discard" + wrong, () -> desk.discard("a1"));
    }

    @Test
    void nothingIsOpenedOrFailedWithoutASlotOfItsKey() {
        desk.ask("A", "w1");

        String wrong = ": nobody has taken a slot to open a connection for this key";
        assertWrong("opened" + wrong, () -> desk.opened("B", "b1"));
        assertWrong("openFailed" + wrong, () -> desk.openFailed("B"));
        desk.opened("A", "a1");
        assertWrong("opened" + wrong, () -> desk.opened("A", "a2"));
        assertWrong("openFailed" + wrong, () -> desk.openFailed("A"));
    }

    @Test
    void nothingIsOpenedOrFailedBeforeTheSlotIsTaken() {
        desk.use("a1");
        desk.queue("a-first");
        desk.discard("a1");

        String wrong = ": nobody has taken a slot to open a connection for this key";
        assertWrong("opened" + wrong, () -> desk.opened("A", "a2"));
        assertWrong("openFailed" + wrong, () -> desk.openFailed("A"));
    }

    @Test
    void aConnectionCannotBeOpenedTwice() {
        Desk wide = Desk.limited(2, 0);
        wide.use("a1");
        wide.ask("B", "w1");

        assertWrong(wide, "opened: the connection is known already", () -> wide.opened("B", "a1"));
    }

    @Test
    void aQueuedWaiterCannotTakeAndCannotAskAgain() {
        desk.use("a1");
        desk.queue("a-first");

        assertWrong("take: the waiter is still queued", () -> desk.take("a-first"));
        assertWrong("ask: the waiter waits already", () -> desk.ask("A", "a-first"));
        desk.release("a1");
        assertWrong("ask: the waiter waits already", () -> desk.ask("A", "a-first"));
    }

    @Test
    void aHostIsForgottenWithItsLastConnectionAttemptAndWaiter() {
        desk.ask("A", "w1");
        desk.openFailed("A");
        assertEquals(0, desk.book.stats().keys());

        desk.idle("b1");
        desk.retire("b1");
        assertEquals(0, desk.book.stats().keys());

        desk.idle("c1");
        desk.pass(Duration.ofSeconds(15));
        desk.expire();
        assertEquals(0, desk.book.stats().keys());

        desk.idle("d1");
        desk.use("e1");
        desk.queue("f-first");
        assertEquals(2, desk.book.stats().keys());
        desk.cancel("f-first");
        assertEquals(1, desk.book.stats().keys());
        desk.discard("e1");
        assertEquals(0, desk.book.stats().keys());
    }

    @Test
    void theStatisticsTellWhatHappened() {
        Desk wide = Desk.limited(2, 0);
        wide.idle("a1", "b1");
        wide.ask("A", "w1");
        wide.use("c1");
        wide.release("a1");
        wide.pass(Duration.ofSeconds(15));
        wide.expire();

        assertEquals(new SlotStats(1, 0, 0, 0, 1, 3, 1, 1, 1), wide.book.stats());
    }

    @Test
    void closingEndsIdleConnectionsAndAllWhoWait() {
        Desk wide = Desk.limited(3, 1);
        wide.use("a1", "b1");
        wide.idle("c1");
        wide.queue("a-first", "b-second", "b-third");
        wide.release("a1");
        wide.book.discard("b1");

        Closing<String, String> closing = wide.book.closeAll();

        assertEquals(Set.of("a1", "c1"), Set.copyOf(closing.connections()));
        assertEquals(List.of("a-first", "b-second", "b-third"), closing.waiters());
        assertEquals("Requests: 0 active, 0 queued | Connections: 0 active, 0 opening, 0 idle", wide.toString());
        assertEquals(0, wide.book.stats().keys());
    }

    @Test
    void whatIsInUseWhenTheBookIsClosedCountsUntilItIsDone() {
        Desk wide = Desk.limited(2, 0);
        wide.use("a1");
        wide.ask("A", "w1");
        assertEquals(new Closing<>(List.of("a1"), List.of()), wide.book.closeAll());
        assertEquals("Requests: 2 active, 0 queued | Connections: 1 active, 1 opening, 0 idle", wide.toString());

        assertEquals("-, close [a2]", wide.opened("A", "a2"));
        assertEquals("-, close [a1]", wide.release("a1"));
        assertEquals("-, close [a2]", wide.release("a2"));
        assertEquals("Requests: 0 active, 0 queued | Connections: 0 active, 0 opening, 0 idle", wide.toString());
        assertEquals(0, wide.book.stats().keys());
    }

    @Test
    void aClosedBookGivesNothing() {
        desk.use("a1");
        desk.queue("a-first");
        desk.release("a1");
        desk.book.closeAll();

        assertEquals("closed", desk.ask("A", "w2"));
        assertEquals("closed", desk.take("a-first"));
        assertEquals("-", desk.cancel("a-first"));
        assertEquals("-", desk.retire("a1"));
        assertEquals(new Closing<>(List.of(), List.of()), desk.book.closeAll());
    }

    private void assertWrong(String message, Executable call) {
        assertWrong(desk, message, call);
    }

    private static void assertWrong(Desk desk, String message, Executable call) {
        SlotStats before = desk.book.stats();

        IllegalStateException wrong = assertThrows(IllegalStateException.class, call);

        assertEquals(message + " (" + before + ")", wrong.getMessage());
        assertEquals(before, desk.book.stats());
    }
}
