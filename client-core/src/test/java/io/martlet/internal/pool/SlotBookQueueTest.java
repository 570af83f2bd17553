package io.martlet.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Limits, and whose turn it is. */
class SlotBookQueueTest {
    @Test
    void requestsBeyondTheLimitWait() {
        Desk desk = Desk.limited(2, 0);
        desk.use("a1");

        assertEquals("open", desk.ask("B", "w1"));
        assertEquals("queued", desk.ask("C", "w2"));
        assertEquals("Requests: 2 active, 1 queued | Connections: 1 active, 1 opening, 0 idle", desk.toString());
    }

    @Test
    void requestsBeyondTheLimitOfTheirHostWait() {
        Desk desk = Desk.limited(10, 2);
        desk.use("a1");

        assertEquals("open", desk.ask("A", "w1"));
        assertEquals("queued", desk.ask("A", "w2"));
        assertEquals("open", desk.ask("B", "w3"));
    }

    @Test
    void zeroIsNoLimit() {
        Desk desk = Desk.limited(0, 0);
        for (int i = 0; i < 1_000; i++) {
            assertEquals("open", desk.ask("A", "w" + i));
        }
        assertEquals("1000 of unlimited in use, 0 waiting", desk.book.usage("A"));
    }

    @Test
    void aReleasedConnectionGoesToTheFirstWhoWaits() {
        Desk desk = Desk.limited(1, 0);
        desk.use("a1");
        desk.queue("a-first", "a-second");

        assertEquals("grant a-first", desk.release("a1"));
        assertEquals("Requests: 1 active, 1 queued | Connections: 1 active, 0 opening, 0 idle", desk.toString());
        assertEquals("reuse a1", desk.take("a-first"));
        assertEquals("grant a-second", desk.release("a1"));
    }

    @Test
    void theSlotOfAClosedConnectionGoesToTheFirstWhoWaits() {
        Desk desk = Desk.limited(1, 0);
        desk.use("a1");
        desk.queue("a-first", "b-second");

        assertEquals("grant a-first, close [a1]", desk.discard("a1"));
        assertEquals("Requests: 1 active, 1 queued | Connections: 0 active, 1 opening, 0 idle", desk.toString());
        assertEquals("open", desk.take("a-first"));
    }

    @Test
    void theSlotOfAFailedAttemptGoesToTheFirstWhoWaits() {
        Desk desk = Desk.limited(1, 0);
        desk.ask("A", "w1");
        desk.queue("b-first");

        assertEquals("grant b-first", desk.openFailed("A"));
        assertEquals("open", desk.take("b-first"));
        assertEquals("-", desk.opened("B", "b1"));
    }

    @Test
    void aReleasedConnectionIsClosedWhenTheFirstWhoWaitsHasAnotherKey() {
        Desk desk = Desk.limited(1, 0);
        desk.use("a1");
        desk.queue("b-first", "a-second");

        assertEquals("grant b-first, close [a1]", desk.release("a1"));
        assertEquals("open", desk.take("b-first"));
        assertEquals("Requests: 1 active, 1 queued | Connections: 0 active, 1 opening, 0 idle", desk.toString());
    }

    @Test
    void waitersAreServedInTheOrderOfTheirArrivalOverAllHosts() {
        Desk desk = Desk.limited(3, 0);
        desk.use("a1", "b1", "c1");
        desk.queue("b-first", "a-second", "b-third");

        assertEquals("grant b-first", desk.release("b1"));
        assertEquals("grant a-second, close [c1]", desk.discard("c1"));
        assertEquals("grant b-third, close [a1]", desk.release("a1"));
    }

    @Test
    void aHostAtItsLimitDoesNotHoldUpOthers() {
        Desk desk = Desk.limited(2, 1);
        desk.use("a1", "b1");
        desk.queue("a-first", "a-second", "c-third");

        assertEquals("grant c-third, close [b1]", desk.release("b1"));
        assertEquals("grant a-first", desk.release("a1"));
    }

    @Test
    void aHostThatHasRoomAgainTakesItsTurnByArrival() {
        Desk desk = Desk.limited(2, 1);
        desk.use("a1", "b1");
        desk.queue("a-first", "c-second", "b-third");

        assertEquals("grant a-first, close [a1]", desk.discard("a1"));
        assertEquals("grant c-second, close [b1]", desk.release("b1"));
        assertEquals("open", desk.take("a-first"));
        assertEquals("grant b-third", desk.openFailed("A"));
    }

    @Test
    void aNewcomerDoesNotPassThoseWhoWait() {
        Desk desk = Desk.limited(1, 0);
        desk.use("a1");
        desk.queue("a-first");
        desk.release("a1");

        assertEquals("queued", desk.ask("A", "newcomer"));
        assertEquals("reuse a1", desk.take("a-first"));
        assertEquals("grant newcomer", desk.release("a1"));
    }

    @Test
    void aNewcomerOfAHostWithRoomNeedNotWaitBehindAHostWithout() {
        Desk desk = Desk.limited(10, 1);
        desk.use("a1");
        desk.queue("a-first");

        assertEquals("open", desk.ask("B", "newcomer"));
    }

    @Test
    void idleConnectionsCountAndTheOneUsedLongestAgoMakesRoom() {
        Desk desk = Desk.limited(3, 0);
        desk.idle("a1", "b1");
        desk.ask("A", "w1");
        desk.release("a1");
        desk.idle("c1");

        assertEquals("Requests: 0 active, 0 queued | Connections: 0 active, 0 opening, 3 idle", desk.toString());
        assertEquals("open, close [b1]", desk.ask("D", "w2"));
        assertEquals("open, close [a1]", desk.ask("D", "w3"));
    }

    @Test
    void aLiveConnectionIsNotEvictedWhileAnExpiredOneIsThere() {
        Desk desk = Desk.limited(2, 0);
        desk.use("a1", "b1");
        desk.release("a1");
        desk.release("b1", Duration.ofSeconds(1));
        desk.pass(Duration.ofSeconds(1));

        assertEquals("open, close [b1]", desk.ask("C", "w1"));
        assertEquals("reuse a1", desk.ask("A", "w2"));
    }

    @Test
    void aFullQueueRefuses() {
        Desk desk = new Desk(new SlotRules(1, 0, 2, Duration.ofSeconds(15), Duration.ZERO, false));
        desk.use("a1");
        desk.queue("a-first", "b-second");

        assertEquals("queuefull", desk.ask("C", "c-third"));
        assertEquals("Requests: 1 active, 2 queued | Connections: 1 active, 0 opening, 0 idle", desk.toString());
        desk.cancel("a-first");
        assertEquals("queued", desk.ask("C", "c-third"));
    }

    @Test
    void connectionsThatExpiredAreClosedAlsoWhenTheAnswerIsToWait() {
        Desk desk = new Desk(new SlotRules(2, 1, 1, Duration.ofSeconds(15), Duration.ZERO, false));
        desk.use("a1");
        desk.idle("b1");
        desk.pass(Duration.ofSeconds(15));
        assertEquals("queued, close [b1]", desk.ask("A", "a-first"));

        desk.idle("b2");
        desk.pass(Duration.ofSeconds(15));
        assertEquals("queuefull, close [b2]", desk.ask("A", "a-second"));
    }

    @Test
    void theUsageSaysWhatTheRequestWaitsFor() {
        Desk desk = Desk.limited(3, 2);
        desk.use("a1", "a2");
        desk.queue("a-first");
        assertEquals("2 of 2 in use for this host, 1 waiting", desk.book.usage("A"));

        desk.ask("B", "w1");
        desk.queue("b-second", "c-third");
        assertEquals("3 of 3 in use, 3 waiting", desk.book.usage("B"));
        assertEquals("3 of 3 in use, 3 waiting", desk.book.usage("unknown"));
    }
}
