package io.martlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTableTest {
    @Test
    void itIsASet() {
        KeyTable table = new KeyTable();
        Set<String> expected = new HashSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            // Few enough that many come twice, and all in few parts.
            long high = (long) random.nextInt(300) << 50;
            long low = random.nextInt(300) * 0x9E3779B97F4A7C15L;
            String key = high + " " + low;

            assertEquals(expected.contains(key), table.contains(high, low), key);
            assertEquals(expected.add(key), table.add(high, low), key);
        }
        assertEquals(expected.size(), table.size());
    }

    @Test
    void zerosAreAKeyToo() {
        KeyTable table = new KeyTable();

        assertFalse(table.contains(0, 0));
        assertTrue(table.add(0, 0));
        assertTrue(table.contains(0, 0));
        assertFalse(table.add(0, 0));
    }
}
