package io.martlet.internal.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.http.Headers;
import io.martlet.rate.RateLimit;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnBookTest {
    private static final long MS = 1_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> woken = new ArrayList<>();

    private TurnBook book(RateLimit limit) {
        return new TurnBook(limit.clocks(Clock.systemUTC(), nanos::get));
    }

    private void at(long millis) {
        nanos.set(millis * MS);
    }

    private Turn join(TurnBook book, String host, String name) {
        return book.join(host, () -> woken.add(name));
    }

    private static boolean[] ask(TurnBook book, String... hosts) {
        boolean[] gone = new boolean[hosts.length];
        IntStream.range(0, hosts.length).forEach(i -> gone[i] = book.goesAtOnce(hosts[i]));
        return gone;
    }

    private static String printed(boolean[] gone) {
        return java.util.Arrays.toString(gone);
    }

    @Test
    void soManyGoAtOnceAndThenOneAtATime() {
        TurnBook book = book(RateLimit.perSecond(10).burst(3));

        assertEquals("[true, true, true, false]", printed(ask(book, "a", "b", "a", "c")));
        at(100);
        assertEquals("[true, false]", printed(ask(book, "a", "a")));
        at(1_000);
        assertEquals("[true, true, true, false]", printed(ask(book, "a", "a", "a", "a")));
    }

    @Test
    void whoComesFirstGoesFirst() {
        TurnBook book = book(RateLimit.perSecond(10));
        assertTrue(book.goesAtOnce("a"));
        Turn first = join(book, "a", "first");
        Turn second = join(book, "b", "second");

        assertEquals(100 * MS, book.look(first));
        assertEquals(TurnBook.UNTIL_WOKEN, book.look(second));
        assertEquals(200 * MS, book.nanosAtLeast(second));
        at(100);
        assertFalse(book.goesAtOnce("c"), "others wait");
        assertEquals(0, book.look(first));
        assertEquals(List.of("second"), woken);
        assertEquals(100 * MS, book.look(second));
        at(200);
        assertEquals(0, book.look(second));
        assertEquals("RateLimit[10 a second (burst 1)], 0 waiting", book.toString());
        assertEquals(2, book.delayed());
    }

    @Test
    void whoLeavesGivesItsPlaceToTheNext() {
        TurnBook book = book(RateLimit.perSecond(10));
        assertTrue(book.goesAtOnce("a"));
        Turn first = join(book, "a", "first");
        Turn second = join(book, "a", "second");
        Turn third = join(book, "a", "third");
        for (Turn turn : List.of(first, second, third)) {
            book.look(turn);
        }

        book.leave(second);
        assertEquals(List.of(), woken);
        book.leave(first);
        book.leave(first);

        assertEquals(List.of("third"), woken);
        assertEquals(100 * MS, book.look(third));
        assertEquals(1, book.waiting());
        at(100);
        assertEquals(0, book.look(third));
    }

    @Test
    void aHostAtItsLimitDoesNotDelayOthers() {
        TurnBook book = book(RateLimit.perSecond(10).burst(2).perHost(1));
        assertTrue(book.goesAtOnce("slow"));
        Turn slow = join(book, "slow", "slow");
        Turn slower = join(book, "slow", "slower");

        assertEquals(1_000 * MS, book.look(slow));
        assertEquals(TurnBook.UNTIL_WOKEN, book.look(slower));
        assertEquals(2_000 * MS, book.nanosAtLeast(slower));
        assertTrue(book.goesAtOnce("other"));
        assertFalse(book.goesAtOnce("third"), "the session's burst is used up");
        at(1_000);
        assertEquals(0, book.look(slow));
        assertEquals(List.of("slower"), woken);
    }

    @Test
    void whatTheSessionLacksCostsAHostNoToken() {
        TurnBook book = book(RateLimit.perSecond(1).perHost(5));
        assertTrue(book.goesAtOnce("a"));
        Turn b = join(book, "b", "b");

        assertEquals(1_000 * MS, book.look(b));
        book.leave(b);
        at(1_000);

        assertTrue(book.goesAtOnce("b"));
    }

    @Test
    void aHostThatSaysWhenToComeBackIsLeftAloneUntilThen() {
        TurnBook book = book(RateLimit.UNLIMITED.learning());
        book.hear("a", 429, Headers.of("Retry-After", "7"));

        Turn first = join(book, "a", "first");
        Turn second = join(book, "a", "second");

        assertEquals(7_000 * MS, book.look(first));
        assertEquals(7_000 * MS, book.nanosAtLeast(second));
        assertEquals("RateLimit[unlimited, learning], 2 waiting, 1 host, a paused for 7000 ms", book.toString());
        assertTrue(book.goesAtOnce("b"));
        at(7_000);
        assertEquals(0, book.look(first));
        assertEquals(0, book.look(second));
    }

    @Test
    void noMoreIsSentThanIsLeftUntilThereIsMore() {
        TurnBook book = book(RateLimit.UNLIMITED.learning());
        Headers left = Headers.builder()
                .add("X-RateLimit-Limit", "3")
                .add("X-RateLimit-Remaining", "2")
                .add("X-RateLimit-Reset", "10")
                .build();
        book.hear("a", 200, left);

        assertEquals("[true, true, false]", printed(ask(book, "a", "a", "a")));
        book.hear("a", 200, left); // an answer that is late
        assertFalse(book.goesAtOnce("a"));
        at(10_000);
        assertEquals("[true, true, true, false]", printed(ask(book, "a", "a", "a", "a")));
        at(35_000);
        assertEquals("[true, true, true, false]", printed(ask(book, "a", "a", "a", "a")));
        Turn next = join(book, "a", "next");
        assertEquals(5_000 * MS, book.look(next));
    }

    @Test
    void aWindowThatSlidesAlongHoldsNobodyUpWhoIsWithinIt() {
        TurnBook book = book(RateLimit.UNLIMITED.learning());

        for (int second = 0; second < 100; second++) {
            at(second * 1_000L);
            assertTrue(book.goesAtOnce("a"), "after " + second + " s");
            book.hear("a", 200, Headers.of("RateLimit", "\"a\";r=40;t=60"));
        }
    }

    @Test
    void whereNothingIsKnownOfTheNextWindowAllMayGo() {
        TurnBook book = book(RateLimit.UNLIMITED.learning());
        book.hear("a", 200, Headers.of("RateLimit", "\"a\";r=0;t=10"));

        assertFalse(book.goesAtOnce("a"));
        at(10_000);
        assertEquals("[true, true, true]", printed(ask(book, "a", "a", "a")));
    }

    @Test
    void aHostIsBelievedForSoLongAtMost() {
        TurnBook book = book(RateLimit.UNLIMITED.learning().maxPause(Duration.ofSeconds(5)));
        book.hear("a", 429, Headers.of("Retry-After", "999999999999999"));
        book.hear("b", 200, Headers.of("RateLimit", "\"a\";r=0;t=999999999999999"));

        assertEquals(5_000 * MS, book.look(join(book, "a", "a")));
        assertEquals(5_000 * MS, book.look(join(book, "b", "b")));
    }

    @Test
    void whoDoesNotLearnHearsNothing() {
        TurnBook book = book(RateLimit.UNLIMITED);
        book.hear("a", 429, Headers.of("Retry-After", "7"));

        assertTrue(book.goesAtOnce("a"));
    }

    @Test
    void thoseWhoWaitWhenAHostSpeaksKeepTheirOrderAndDelayNobody() {
        TurnBook book = book(RateLimit.perSecond(10).learning());
        assertTrue(book.goesAtOnce("a"));
        Turn first = join(book, "a", "first");
        Turn second = join(book, "a", "second");
        Turn other = join(book, "b", "other");
        List.of(first, second, other).forEach(book::look);

        book.hear("a", 429, Headers.of("Retry-After", "1"));
        Turn last = join(book, "a", "last");
        at(100);
        assertEquals(900 * MS, book.look(first));
        assertEquals(TurnBook.UNTIL_WOKEN, book.look(second));
        assertEquals(0, book.look(other));
        at(1_000);
        assertEquals(TurnBook.UNTIL_WOKEN, book.look(last));
        assertEquals(0, book.look(first));
        at(1_100);
        assertEquals(0, book.look(second));
        at(1_200);
        assertEquals(0, book.look(last));
        assertEquals(List.of("first", "second", "other", "second", "last"), woken);
    }

    @Test
    void aMillionHostsAreNoBurden() {
        TurnBook book = book(RateLimit.UNLIMITED.perHost(1).learning());
        for (int i = 0; i < 1_000_000; i++) {
            at(i);
            assertTrue(book.goesAtOnce("host" + i));
            book.hear("host" + i, 429, Headers.of("Retry-After", "1"));
        }

        String printed = book.toString();
        int hosts = Integer.parseInt(printed.replaceAll(".* (\\d+) hosts.*", "$1"));
        assertTrue(hosts < 5_000, printed);
    }

    @Test
    void closingWakesAll() {
        TurnBook book = book(RateLimit.perSecond(1).perHost(1));
        ask(book, "a", "b");
        for (String host : List.of("a", "a", "b")) {
            book.look(join(book, host, host));
        }
        woken.clear();

        book.close();

        assertTrue(book.isClosed());
        assertTrue(woken.containsAll(List.of("a", "b")) && woken.size() >= 3, woken::toString);
        assertFalse(book.goesAtOnce("c"));
    }

    /** Whatever the rates and however late the timers: no interval has more than its share, and nothing is lost. */
    @Test
    void inTheLongRunTheRateIsKeptHoweverLateTheTimersAre() {
        Random random = new Random(1);
        for (double rate : new double[] {0.5, 3, 50, 700, 20_000}) {
            for (int burst : new int[] {1, 10}) {
                nanos.set(0);
                TurnBook book = book(RateLimit.perSecond(rate).burst(burst));
                int requests = 2_000;
                for (int i = 0; i < requests; i++) {
                    if (!book.goesAtOnce("a")) {
                        Turn turn = join(book, "a", "it");
                        long wait = book.look(turn);
                        while (wait > 0) {
                            nanos.addAndGet(wait + random.nextInt(1_000_000));
                            wait = book.look(turn);
                        }
                    }
                }
                double perfect = (requests - burst) / rate;
                double took = nanos.get() / 1e9;
                // One who comes after the other cannot catch up more than the burst, where nobody else waits.
                boolean isBurstLonger = (burst - 1) / rate > 0.001;
                double late = isBurstLonger ? burst / rate + 0.002 : requests * 0.0011;
                assertTrue(took >= perfect - 0.001 - 1e-9, rate + " " + burst + " took " + took + ", not " + perfect);
                assertTrue(took <= perfect + late, rate + " " + burst + " took " + took + ", not " + perfect);
            }
        }
    }

    @Test
    void whoWaitsInALineLosesNothingByLateTimers() {
        TurnBook book = book(RateLimit.perSecond(1_000));
        assertTrue(book.goesAtOnce("a"));
        List<Turn> line = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            line.add(join(book, "a", "it"));
        }
        int next = 0;
        while (next < line.size()) {
            long wait = book.look(line.get(next));
            if (wait == 0) {
                next++;
            } else {
                nanos.addAndGet((wait + 2_999_999) / 1_000_000 * 1_000_000); // a timer that is late by up to 3 ms
            }
        }

        assertTrue(nanos.get() >= 990 * MS && nanos.get() <= 1_003 * MS, nanos + " ns");
    }
}
