package io.martlet.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which connection a request gets, and how long they are kept. */
class SlotBookReuseTest {
    private final Desk desk = Desk.limited(10, 0);

    @Test
    void aFirstRequestOpensAConnection() {
        assertEquals("open", desk.ask("A", "w1"));
        assertEquals("Requests: 1 active, 0 queued | Connections: 0 active, 1 opening, 0 idle", desk.toString());

        assertEquals("-", desk.opened("A", "a1"));
        assertEquals("Requests: 1 active, 0 queued | Connections: 1 active, 0 opening, 0 idle", desk.toString());

        assertEquals("-", desk.release("a1"));
        assertEquals("Requests: 0 active, 0 queued | Connections: 0 active, 0 opening, 1 idle", desk.toString());
    }

    @Test
    void anIdleConnectionServesTheNextRequestWithItsKey() {
        desk.idle("a1");

        assertEquals("reuse a1", desk.ask("A", "w1"));
        assertEquals("Requests: 1 active, 0 queued | Connections: 1 active, 0 opening, 0 idle", desk.toString());
    }

    @Test
    void anIdleConnectionDoesNotServeAnotherKey() {
        desk.idle("a1");

        assertEquals("open", desk.ask("B", "w1"));
        assertEquals("Requests: 1 active, 0 queued | Connections: 0 active, 1 opening, 1 idle", desk.toString());
    }

    @Test
    void theConnectionUsedLastIsReusedFirst() {
        desk.idle("a1", "a2", "a3");

        assertEquals("reuse a3", desk.ask("A", "w1"));
        assertEquals("reuse a2", desk.ask("A", "w2"));
        assertEquals("reuse a1", desk.ask("A", "w3"));
        assertEquals("open", desk.ask("A", "w4"));
    }

    @Test
    void whatIsKeptCanBeHadWithoutWaiting() {
        desk.idle("a1", "a2");

        assertEquals("a2", desk.book.reuse("A", desk.now));
        assertEquals("a1", desk.book.reuse("A", desk.now));
        assertNull(desk.book.reuse("A", desk.now));
        assertNull(desk.book.reuse("B", desk.now));
        assertEquals("-", desk.release("a1"));
    }

    @Test
    void aReusedConnectionIsGivenAwayWithoutAllocating() {
        desk.idle("a1");

        Decision<String> first = desk.book.ask("A", "w1", desk.now);
        Actions<String, String> released = desk.book.release("a1", desk.now);

        assertSame(first, desk.book.ask("A", "w2", desk.now));
        assertSame(released, desk.book.release("a1", desk.now));
    }

    @Test
    void aDiscardedConnectionIsClosed() {
        desk.use("a1");

        assertEquals("-, close [a1]", desk.discard("a1"));
        assertEquals("Requests: 0 active, 0 queued | Connections: 0 active, 0 opening, 0 idle", desk.toString());
    }

    @Test
    void anIdleConnectionExpiresAfterKeepAlive() {
        desk.idle("a1");
        desk.pass(Duration.ofMillis(14_999));
        assertEquals("-", desk.expire());
        assertEquals(1, desk.millisToNextExpiry());

        desk.pass(Duration.ofMillis(1));
        assertEquals(0, desk.millisToNextExpiry());
        assertEquals("-, close [a1]", desk.expire());
        assertEquals(-1, desk.millisToNextExpiry());
        assertEquals("Requests: 0 active, 0 queued | Connections: 0 active, 0 opening, 0 idle", desk.toString());
    }

    @Test
    void anExpiredConnectionIsNotReusedButClosed() {
        desk.idle("a1", "b1");
        desk.pass(Duration.ofSeconds(15));

        assertEquals("open, close [a1, b1]", desk.ask("A", "w1"));
    }

    @Test
    void aConnectionIsKeptOnlyAsLongAsTheServerKeepsIt() {
        desk.use("a1");
        desk.release("a1", Duration.ofSeconds(5));

        assertEquals(5_000, desk.millisToNextExpiry());
        desk.pass(Duration.ofSeconds(5));
        assertEquals("open, close [a1]", desk.ask("A", "w1"));
    }

    @Test
    void aServerCannotProlongKeepAlive() {
        desk.use("a1");
        desk.release("a1", Duration.ofHours(1));

        assertEquals(15_000, desk.millisToNextExpiry());
    }

    @Test
    void aConnectionThatTheServerKeepsForNoTimeIsClosed() {
        desk.use("a1");

        assertEquals("-, close [a1]", desk.release("a1", Duration.ZERO));
    }

    @Test
    void reuseProlongsTheLifeOfAConnection() {
        desk.idle("a1");
        desk.pass(Duration.ofSeconds(10));
        desk.ask("A", "w1");
        desk.release("a1");
        desk.pass(Duration.ofSeconds(10));

        assertEquals("-", desk.expire());
        assertEquals(5_000, desk.millisToNextExpiry());
    }

    @Test
    void theNextExpiryIsThatOfTheConnectionWhichExpiresFirst() {
        desk.use("a1", "a2", "a3");
        desk.release("a1", Duration.ofSeconds(7));
        desk.release("a2", Duration.ofSeconds(3));
        desk.release("a3", Duration.ofSeconds(5));

        assertEquals(3_000, desk.millisToNextExpiry());
        desk.pass(Duration.ofSeconds(6));
        assertEquals("-, close [a2, a3]", desk.expire());
        assertEquals(1_000, desk.millisToNextExpiry());
    }

    @Test
    void withoutKeepAliveEveryConnectionIsClosedAfterItsRequest() {
        Desk closing = new Desk(new SlotRules(10, 0, 0, Duration.ZERO, Duration.ZERO, false));
        closing.use("a1");

        assertEquals("-, close [a1]", closing.release("a1"));
    }

    @Test
    void forceCloseClosesEveryConnectionWhateverKeepAliveSays() {
        Desk closing = new Desk(new SlotRules(10, 0, 0, Duration.ofHours(1), Duration.ZERO, true));
        closing.use("a1");

        assertEquals("-, close [a1]", closing.release("a1"));
    }

    @Test
    void aConnectionOlderThanMaxAgeIsClosedWhenItIsReleased() {
        Desk aging = new Desk(new SlotRules(10, 0, 0, Duration.ofSeconds(15), Duration.ofSeconds(20), false));
        aging.use("a1");
        aging.pass(Duration.ofSeconds(20));

        assertEquals("-, close [a1]", aging.release("a1"));
    }

    @Test
    void anIdleConnectionExpiresAtMaxAge() {
        Desk aging = new Desk(new SlotRules(10, 0, 0, Duration.ofSeconds(15), Duration.ofSeconds(20), false));
        aging.use("a1");
        aging.pass(Duration.ofSeconds(12));
        aging.release("a1");

        assertEquals(8_000, aging.millisToNextExpiry());
    }

    @Test
    void theLongestTimesDoNotOverflow() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        Desk lasting = new Desk(new SlotRules(10, 0, 0, longest, longest, false));
        lasting.idle("a1");
        lasting.pass(Duration.ofDays(365));

        assertEquals("-", lasting.expire());
        assertEquals("reuse a1", lasting.ask("A", "w1"));
    }

    @Test
    void negativeRulesAreRefusedByName() {
        Duration no = Duration.ZERO;
        Duration past = Duration.ofSeconds(-1);

        assertRefused("limit is negative: -1", -1, 0, 0, no, no);
        assertRefused("limitPerHost is negative: -2", 0, -2, 0, no, no);
        assertRefused("maxQueue is negative: -3", 0, 0, -3, no, no);
        assertRefused("keepAlive is negative: PT-1S", 0, 0, 0, past, no);
        assertRefused("maxAge is negative: PT-1S", 0, 0, 0, no, past);
    }

    private static void assertRefused(
            String message, int limit, int limitPerHost, int maxQueue, Duration keepAlive, Duration maxAge) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new SlotRules(limit, limitPerHost, maxQueue, keepAlive, maxAge, false))
                        .getMessage());
    }
}
