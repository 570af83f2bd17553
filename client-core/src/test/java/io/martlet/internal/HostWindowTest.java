package io.martlet.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostWindowTest {
    @Test
    void whoseHostIsBusyIsPutAsideAndOthersGoOn() {
        HostWindow<String> window = new HostWindow<>(3, 1, 10);

        assertTrue(window.take("a", "a1"));
        assertFalse(window.take("a", "a2"));
        assertTrue(window.take("b", "b1"));

        assertEquals("2 of 3 running, 1 of 10 aside, 2 hosts", window.toString());
    }

    @Test
    void theEndOfOneLetsTheNextOfItsHostRun() {
        HostWindow<String> window = new HostWindow<>(3, 1, 10);
        window.take("a", "a1");
        window.take("a", "a2");
        window.take("a", "a3");

        assertEquals("a2", window.next("a"));
        assertEquals("a3", window.next("a"));
        assertNull(window.next("a"));

        assertEquals("0 of 3 running, 0 of 10 aside, 0 hosts", window.toString());
    }

    @Test
    void thereIsRoomWhileFewerRunAndFewerAreAside() {
        HostWindow<String> window = new HostWindow<>(2, 1, 2);
        window.take("a", "a1");
        window.take("a", "a2");
        assertTrue(window.hasRoom());

        window.take("a", "a3");
        assertFalse(window.hasRoom(), "enough aside");

        window.next("a");
        assertTrue(window.hasRoom());
        window.take("b", "b1");
        assertFalse(window.hasRoom(), "enough running");
    }

    @Test
    void inRandomSchedulesNoLimitIsPassedAndAllRun() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int perHost = 1 + random.nextInt(3);
            HostWindow<Integer> window = new HostWindow<>(4, perHost, 1 + random.nextInt(5));
            Map<Integer, String> hosts = new HashMap<>();
            List<Integer> running = new ArrayList<>();
            int taken = 0;
            int ended = 0;
            while (ended < 100) {
                if (taken < 100 && window.hasRoom() && random.nextBoolean()) {
                    hosts.put(taken, "h" + random.nextInt(4));
                    if (window.take(hosts.get(taken), taken)) {
                        running.add(taken);
                    }
                    taken++;
                } else if (!running.isEmpty()) {
                    Integer next = window.next(hosts.get(running.remove(random.nextInt(running.size()))));
                    ended++;
                    if (next != null) {
                        running.add(next);
                    }
                }
                assertTrue(running.size() <= 4, window::toString);
                for (int host = 0; host < 4; host++) {
                    String name = "h" + host;
                    assertTrue(running.stream()
                                    .filter(i -> hosts.get(i).equals(name))
                                    .count()
                            <= perHost);
                }
            }
            assertTrue(window.toString().endsWith("0 hosts"), window::toString);
        }
    }
}
