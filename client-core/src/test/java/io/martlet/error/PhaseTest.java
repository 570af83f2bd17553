package io.martlet.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PhaseTest {
    @Test
    void aPhasePrintsItselfAsWordsInTheOrderOfTheWay() {
        assertEquals(
                "[request, rate, queue, dns, connect, tls, proxy, write, first byte, read, response, total]",
                Arrays.toString(Phase.values()));
    }
}
