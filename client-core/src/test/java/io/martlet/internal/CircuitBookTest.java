package io.martlet.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.error.ClientException;
import io.martlet.error.ClientException.ConnectorException;
import io.martlet.error.ClientException.QueueTimeoutException;
import io.martlet.error.ClientException.TotalTimeoutException;
import io.martlet.http.ClientRequest;
import io.martlet.http.Method;
import io.martlet.http.Url;
import io.martlet.retry.CircuitBreaker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CircuitBookTest {
    private static final ClientRequest REQUEST =
            ClientRequest.builder(Method.GET, Url.of("http://a/")).build();

    private final AtomicLong nanos = new AtomicLong();
    private final CircuitBreaker breaker = CircuitBreaker.builder(0.5)
            .minCalls(4)
            .window(Duration.ofSeconds(10))
            .openFor(Duration.ofSeconds(5))
            .probes(2)
            .nanoClock(nanos::get)
            .build();
    private final CircuitBook book = new CircuitBook(breaker);

    private void at(double seconds) {
        nanos.set((long) (seconds * 1e9));
    }

    private void call(String key, int status) {
        CircuitBook.Call call = book.enter(key);
        assertTrue(call.refusedNanos() < 0, () -> key + " is " + book.printed(key));
        call.answered(status);
    }

    private void open() {
        for (int status : new int[] {200, 200, 500, 503}) {
            call("a", status);
        }
    }

    @Test
    void itOpensWhenSoMuchOfEnoughHasFailed() {
        call("a", 500);
        call("a", 500);
        call("a", 404);
        assertEquals("closed, 2 of 3 failed", book.printed("a"));
        call("a", 502);

        assertEquals("open for 5000 ms", book.printed("a"));
        assertEquals(5_000_000_000L, book.enter("a").refusedNanos());
        call("b", 200);
    }

    @Test
    void whatIsTooLongAgoDoesNotCount() {
        call("a", 500);
        call("a", 500);
        call("a", 500);
        at(5);
        assertEquals("closed, 3 of 3 failed", book.printed("a"));
        at(10);
        assertEquals("closed, 0 of 0 failed", book.printed("a"));
        call("a", 500);
        at(1_000_000);
        assertEquals("closed, 0 of 0 failed", book.printed("a"));
    }

    @Test
    void itClosesWhenAllProbesSucceed() {
        open();
        at(5);
        assertEquals("to be probed", book.printed("a"));
        CircuitBook.Call first = book.enter("a");
        CircuitBook.Call second = book.enter("a");
        assertEquals(0, book.enter("a").refusedNanos());

        first.answered(200);
        assertEquals("half open, 1 probing, 1 of 2 succeeded", book.printed("a"));
        assertEquals(0, book.enter("a").refusedNanos());
        second.answered(404);

        assertEquals("closed, 0 of 0 failed", book.printed("a"));
    }

    @Test
    void aProbeThatHangsDoesNotKeepItShut() {
        open();
        at(5);
        CircuitBook.Call hanging = book.enter("a");
        call("a", 200);
        assertEquals(0, book.enter("a").refusedNanos());
        at(10);

        call("a", 200);

        assertEquals("closed, 0 of 0 failed", book.printed("a"));
        hanging.answered(500);
        assertEquals("closed, 0 of 0 failed", book.printed("a"));
    }

    @Test
    void itOpensAgainWhenOneProbeFails() {
        open();
        at(5);
        CircuitBook.Call first = book.enter("a");
        CircuitBook.Call second = book.enter("a");

        first.answered(500);
        second.answered(200);

        assertEquals("open for 5000 ms", book.printed("a"));
    }

    @Test
    void aProbeThatSaysNothingGivesItsPlaceBack() {
        open();
        at(5);
        CircuitBook.Call first = book.enter("a");
        book.enter("a");
        first.end();
        first.end();
        first.answered(500);

        assertEquals("half open, 1 probing, 0 of 2 succeeded", book.printed("a"));
        assertEquals(-1, book.enter("a").refusedNanos());
    }

    @Test
    void aCallOfAnEarlierTimeDoesNotCount() {
        CircuitBook.Call slow = book.enter("a");
        open();
        at(5);
        book.enter("a");

        slow.answered(500);

        assertEquals("half open, 1 probing, 0 of 2 succeeded", book.printed("a"));
    }

    @Test
    void onlyWhatTheServerIsTheCauseOfCounts() {
        Duration time = Duration.ofSeconds(1);
        List<ClientException> failures = List.of(
                new ConnectorException(REQUEST, new IOException("refused")),
                new TotalTimeoutException(REQUEST, time, time),
                new QueueTimeoutException(REQUEST, time, time, "1 of 1 in use"));

        failures.forEach(failure -> book.enter("a").failed(failure));

        assertEquals("closed, 2 of 2 failed", book.printed("a"));
    }

    @Test
    void aMillionServersAreNoBurden() {
        for (int i = 0; i < 1_000_000; i++) {
            nanos.addAndGet(10_000_000);
            call("host" + i, 500);
        }

        assertTrue(book.size() < 5_000, () -> book.size() + " circuits");
    }

    @Test
    void serversThatNobodyProbesToTheEndAreForgotten() {
        for (int i = 0; i < 20_000; i++) {
            String key = "host" + i;
            for (int failure = 0; failure < 4; failure++) {
                call(key, 500);
            }
            nanos.addAndGet(breaker.openFor().toNanos());
            call(key, 200); // one of two probes, and then nobody asks again
        }

        assertTrue(book.size() < 5_000, () -> book.size() + " circuits");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        List<Executable> wrong = List.of(
                () -> CircuitBreaker.of(0),
                () -> CircuitBreaker.of(1.1),
                () -> CircuitBreaker.of(Double.NaN),
                () -> CircuitBreaker.builder(1).window(Duration.ZERO).build(),
                () -> CircuitBreaker.builder(1).openFor(Duration.ofDays(400)).build(),
                () -> CircuitBreaker.builder(1).minCalls(0).build(),
                () -> CircuitBreaker.builder(1).probes(0).build());

        List<String> messages = wrong.stream()
                .map(it -> assertThrows(IllegalArgumentException.class, it).getMessage())
                .toList();

        assertEquals(
                List.of(
                        "failureShare is 0.0; it is more than 0 and at most 1",
                        "failureShare is 1.1; it is more than 0 and at most 1",
                        "failureShare is NaN; it is more than 0 and at most 1",
                        "circuit breaker window is PT0S; it is from 10 ms to a year",
                        "circuit breaker openFor is PT9600H; it is from 10 ms to a year",
                        "circuit breaker minCalls is 0; it is at least 1",
                        "circuit breaker probes is 0; it is at least 1"),
                messages);
    }
}
