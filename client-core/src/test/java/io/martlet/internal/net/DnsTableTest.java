package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.martlet.internal.net.DnsTable.Answer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsTableTest {
    private static final long SECOND = 1_000_000_000;

    private final DnsTable table = new DnsTable(10 * SECOND, SECOND, 3);

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE - SECOND})
    void addressesAreKeptFor10Seconds(long now) {
        table.put("a.example", addresses(1), 1, now);
        assertNotNull(table.find("a.example", now));
        assertNotNull(table.find("a.example", now + 10 * SECOND - 1));
        assertNull(table.find("a.example", now + 10 * SECOND));
        assertEquals(0, table.size());
    }

    @Test
    void failuresAreKeptForOneSecond() {
        table.put("a.example", new Answer(List.of(), new UnknownHostException("a.example")), 1, 0);
        assertEquals("a.example unknown", table.toString());
        assertNotNull(table.find("a.example", SECOND - 1));
        assertNull(table.find("a.example", SECOND));
    }

    @Test
    void aNewAnswerReplacesTheOldAndItsAge() {
        table.put("a.example", addresses(1), 1, 0);
        table.put("a.example", addresses(2), 1, 9 * SECOND);
        assertNotNull(table.find("a.example", 18 * SECOND));
        assertEquals("a.example [192.0.2.2]", table.toString());
    }

    @Test
    void aLifetimeOfZeroKeepsNothing() {
        DnsTable forgetful = new DnsTable(0, 0, 3);
        forgetful.put("a.example", addresses(1), 1, 0);
        forgetful.put("b.example", new Answer(List.of(), new UnknownHostException("b.example")), 1, 0);
        assertEquals(0, forgetful.size());
    }

    @Test
    void theHostThatWasNotAskedForTheLongestMakesRoom() {
        for (String host : List.of("a", "b", "c")) {
            table.put(host, addresses(1), 1, 0);
        }
        table.find("a", 1);
        table.put("d", addresses(1), 1, 2);
        assertEquals("c [192.0.2.1], a [192.0.2.1], d [192.0.2.1]", table.toString());
    }

    @Test
    void tenThousandHostsDoNotGrowTheTable() {
        for (int i = 0; i < 10_000; i++) {
            table.put(i + ".example", addresses(1), 1, i);
        }
        assertEquals(3, table.size());
    }

    @Test
    void eachUseBeginsWithAnotherAddress() {
        table.put("a.example", addresses(1, 2, 3), 2, 0);
        assertEquals(addresses(3, 1, 2), table.find("a.example", 1));
        assertEquals(addresses(1, 2, 3), table.find("a.example", 1));
        assertEquals(addresses(2, 3, 1), table.find("a.example", 1));
    }

    private static Answer addresses(int... lastBytes) {
        return new Answer(
                Arrays.stream(lastBytes).mapToObj(DnsTableTest::address).toList(), null);
    }

    private static InetAddress address(int lastByte) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) lastByte});
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
