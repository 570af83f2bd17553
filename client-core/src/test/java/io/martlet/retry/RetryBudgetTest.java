package io.martlet.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryBudgetTest {
    private long nanos = Long.MAX_VALUE - 5; // the clock may begin anywhere, and run over

    private void pass(double seconds) {
        nanos += (long) (seconds * 1e9);
    }

    private static int all(RetryBudget budget) {
        int retries = 0;
        while (retries < 10_000 && budget.withdraw()) {
            retries++;
        }
        return retries;
    }

    @ParameterizedTest
    @CsvSource({
        // share, minPerSecond, requests, seconds, retries
        "0.2, 0,  0,   0,    0",
        "0.2, 0,  4,   0,    0",
        "0.2, 0,  5,   0,    1",
        "0.2, 0,  14,  0,    2",
        "0.2, 0,  900, 0,    10",
        "0,   10, 0,   0,    10",
        "0,   10, 0,   0.5,  15",
        "0,   10, 100, 3,    40",
        "0,   10, 0,   1000, 100",
        "0,   3,  0,   1000, 30",
        "1,   1,  3,   1,    5",
        "0,   0,  100, 100,  0",
    })
    void aShareOfTheRequestsAndAFewASecondArePaidInUpToABound(
            double share, double minPerSecond, int requests, double seconds, int retries) {
        RetryBudget budget = new RetryBudget(share, minPerSecond, () -> nanos);
        IntStream.range(0, requests).forEach(i -> budget.deposit());
        pass(seconds);

        assertEquals(retries, all(budget));
    }

    @Test
    void whatIsTakenOutComesBackWithTime() {
        RetryBudget budget = new RetryBudget(0, 2, () -> nanos);

        assertEquals(2, all(budget));
        pass(0.4);
        assertEquals(0, all(budget));
        pass(0.1);
        assertEquals(1, all(budget));
        assertEquals("RetryBudget[share=0.0, minPerSecond=2.0, saved=0.0]", budget.toString());
    }

    @Test
    void itPrintsItselfTheSameInEachCountry() {
        Locale here = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertEquals(
                    "RetryBudget[share=0.5, minPerSecond=1.5, saved=1.5]",
                    new RetryBudget(0.5, 1.5, () -> nanos).toString());
        } finally {
            Locale.setDefault(here);
        }
    }

    @Test
    void withoutLimitThereIsAlwaysOne() {
        assertEquals(10_000, all(RetryBudget.UNLIMITED));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.NEGATIVE_INFINITY})
    void whatIsNoShareIsRefused(double value) {
        String message = assertThrows(IllegalArgumentException.class, () -> new RetryBudget(value, 1))
                .getMessage();

        assertEquals("share of a retry budget is " + value + "; it is 0 or more", message);
        assertThrows(IllegalArgumentException.class, () -> new RetryBudget(1, value));
    }

    @Test
    void manyThreadsTakeNoMoreThanThereIs() {
        RetryBudget budget = new RetryBudget(0, 100, () -> nanos);
        AtomicInteger taken = new AtomicInteger();

        IntStream.range(0, 5000).parallel().forEach(i -> taken.addAndGet(budget.withdraw() ? 1 : 0));

        assertEquals(100, taken.get());
        assertTrue(budget.toString().endsWith("saved=0.0]"), budget::toString);
    }
}
