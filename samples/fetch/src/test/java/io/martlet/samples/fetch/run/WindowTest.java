package io.martlet.samples.fetch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WindowTest {
    private final Window<String> window = new Window<>(2, 3);

    @Test
    void noMoreStartThanMayRunAtOnce() {
        startAll();
        assertEquals("2 running, 0 waiting for number 0", window.toString());
    }

    @Test
    void somethingStartsWhenSomethingIsFinished() {
        startAll();
        window.finish(1, "b");
        assertTrue(window.mayStart());
    }

    @Test
    void aResultWaitsForThoseBeforeIt() {
        startAll();
        window.finish(1, "b");
        assertFalse(window.hasNext());
        assertNull(window.poll());
        window.finish(0, "a");
        assertTrue(window.hasNext());
        assertEquals("a", window.poll());
        assertEquals("b", window.poll());
        assertTrue(window.isEmpty());
    }

    @Test
    void nothingStartsTooFarAheadOfTheSlowest() {
        startAll();
        for (long number = 1; number <= 3; number++) {
            window.finish(number, "done");
            window.start();
        }
        window.finish(4, "done");
        assertEquals("1 running, 4 waiting for number 0", window.toString());
        assertFalse(window.mayStart());
    }

    @Test
    void theSlowestLetsTheOthersGoOn() {
        nothingStartsTooFarAheadOfTheSlowest();
        window.finish(0, "done");
        assertFalse(window.mayStart(), "nothing was handed out yet");
        assertEquals("done", window.poll());
        assertTrue(window.mayStart());
    }

    @Test
    void whatIsFinishedCanBeHadWithoutWhatIsNot() {
        startAll();
        window.finish(1, "b");
        assertEquals("b", window.pollAny());
        assertNull(window.pollAny());
        assertEquals(1, window.running());
    }

    private void startAll() {
        while (window.mayStart()) {
            window.start();
        }
    }
}
