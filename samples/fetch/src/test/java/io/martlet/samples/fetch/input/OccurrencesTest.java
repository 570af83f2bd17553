package io.martlet.samples.fetch.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OccurrencesTest {
    private final Occurrences occurrences = new Occurrences();

    @Test
    void eachTextIsCountedForItself() {
        assertEquals(1, occurrences.count("a"));
        assertEquals(1, occurrences.count("b"));
        assertEquals(2, occurrences.count("a"));
        assertEquals(3, occurrences.count("a"));
        assertEquals(2, occurrences.count("b"));
    }

    @Test
    void manyTextsAreTheirFirstAndThenTheirSecond() {
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < 100_000; i++) {
                assertEquals(round, occurrences.count("http://host/" + i));
            }
        }
    }
}
