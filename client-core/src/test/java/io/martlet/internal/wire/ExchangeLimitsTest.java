package io.martlet.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.ClientTimeout;
import io.martlet.error.ClientException;
import io.martlet.error.ClientException.TimeoutException;
import io.martlet.http.ClientRequest;
import io.martlet.http.Deadline;
import io.martlet.http.Method;
import io.martlet.http.Url;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What each limit counts, and what starts it anew: limits of hours, and times that nobody waits for. */
class ExchangeLimitsTest {
    private static final ClientTimeout HOURS = ClientTimeout.NONE.toBuilder()
            .write(Duration.ofHours(1))
            .firstByte(Duration.ofHours(2))
            .socketRead(Duration.ofHours(3))
            .build();

    private static ClientRequest request(ClientTimeout timeout) {
        return ClientRequest.builder(Method.GET, Url.of("http://a.test/"))
                .timeout(timeout)
                .build();
    }

    private static ExchangeLimits limits() {
        return new ExchangeLimits(request(HOURS));
    }

    /** Nothing strikes before {@code hours} have passed from now on, and {@code expected} when they have. */
    private static void assertStrikes(ExchangeLimits limits, int hours, String expected) {
        assertEquals("nothing", expired(limits, Duration.ofHours(hours).minusMinutes(1)));
        assertEquals(expected, expired(limits, Duration.ofHours(hours)));
    }

    private static void assertNeverStrikes(ExchangeLimits limits) {
        assertEquals("nothing", expired(limits, Duration.ofDays(365)));
        assertEquals(ExchangeLimits.NEVER, limits.nanosLeft(System.nanoTime()));
    }

    private static String expired(ExchangeLimits limits, Duration later) {
        ClientException error = limits.expired(System.nanoTime() + later.toNanos());
        return error instanceof TimeoutException timeout
                ? timeout.getClass().getSimpleName() + ", " + timeout.phase() + ", " + timeout.limit()
                : "nothing";
    }

    @Test
    void writeCountsWhileTheServerIsToTakeBytes() {
        assertStrikes(limits(), 1, "WriteTimeoutException, write, PT1H");
    }

    @Test
    void whatTheServerTakesStartsWriteAnew() {
        ExchangeLimits limits = new ExchangeLimits(
                request(HOURS.toBuilder().write(Duration.ofNanos(1)).build()));
        assertEquals("WriteTimeoutException, write, PT0.000000001S", expired(limits, Duration.ofHours(1)));
        long before = System.nanoTime();
        limits.sending();
        assertTrue(limits.nanosLeft(before) >= 1);
    }

    @Test
    void nothingCountsWhileTheBodyIsHeldAndWriteDoesAgainWithItsNextBytes() {
        ExchangeLimits limits = limits();
        limits.held();
        assertNeverStrikes(limits);
        assertTrue(limits.sending());
        assertStrikes(limits, 1, "WriteTimeoutException, write, PT1H");
    }

    @Test
    void firstByteCountsFromTheEndOfTheRequest() {
        ExchangeLimits limits = limits();
        limits.sent();
        assertStrikes(limits, 2, "ReadTimeoutException, first byte, PT2H");
    }

    @Test
    void socketReadCountsFromTheFirstByteOn() {
        ExchangeLimits limits = limits();
        limits.sent();
        limits.receiving();
        assertStrikes(limits, 3, "ReadTimeoutException, read, PT3H");
        limits.headArrived();
        assertStrikes(limits, 3, "ReadTimeoutException, read, PT3H");
    }

    @Test
    void theShorterOfTheTwoCountsBeforeTheFirstByte() {
        ExchangeLimits limits = new ExchangeLimits(
                request(HOURS.toBuilder().firstByte(Duration.ofHours(4)).build()));
        limits.sent();
        assertStrikes(limits, 3, "ReadTimeoutException, first byte, PT3H");
    }

    @Test
    void anAnswerToTheHeadAloneIsNotTheFirstByte() {
        ExchangeLimits limits = limits();
        limits.held();
        limits.receiving();
        limits.sent();
        assertStrikes(limits, 2, "ReadTimeoutException, first byte, PT2H");
    }

    @Test
    void aHeadAmidTheUploadStartsSocketRead() {
        ExchangeLimits limits = limits();
        limits.receiving();
        limits.headArrived();
        limits.sent();
        assertStrikes(limits, 3, "ReadTimeoutException, read, PT3H");
    }

    @Test
    void nothingCountsWhileNobodyReads() {
        ExchangeLimits limits = limits();
        limits.sent();
        limits.headArrived();
        limits.paused(true);
        assertNeverStrikes(limits);
        limits.paused(false);
        assertStrikes(limits, 3, "ReadTimeoutException, read, PT3H");
    }

    @Test
    void theRestOfABodyThatNobodyWantsHasASecondWhateverComesOfIt() {
        ExchangeLimits limits = new ExchangeLimits(request(ClientTimeout.NONE));
        limits.sent();
        limits.headArrived();
        limits.drain();
        long drained = System.nanoTime();
        limits.progress();
        limits.paused(true);
        assertEquals("ReadTimeoutException, read, PT1S", expired(limits, Duration.ofSeconds(1)));
        assertTrue(limits.nanosLeft(drained) <= Duration.ofSeconds(1).toNanos());
    }

    @Test
    void totalCountsWhateverHappens() {
        ExchangeLimits limits =
                new ExchangeLimits(request(ClientTimeout.NONE).withDeadline(Deadline.startingNow(Duration.ofHours(5))));
        assertStrikes(limits, 5, "TotalTimeoutException, total, PT5H");
        limits.sent();
        limits.receiving();
        limits.headArrived();
        limits.paused(true);
        assertStrikes(limits, 5, "TotalTimeoutException, total, PT5H");
    }

    @Test
    void withoutLimitsNothingCounts() {
        ExchangeLimits limits = new ExchangeLimits(request(ClientTimeout.NONE));
        assertNeverStrikes(limits);
        limits.sent();
        assertNeverStrikes(limits);
        limits.headArrived();
        assertNeverStrikes(limits);
    }
}
