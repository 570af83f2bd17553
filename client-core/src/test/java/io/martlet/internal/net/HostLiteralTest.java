package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostLiteralTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "[::1], 0:0:0:0:0:0:0:1",
        "[2001:db8::7], 2001:db8:0:0:0:0:0:7",
        "[::ffff:192.0.2.1], 192.0.2.1",
        "[::ffff:c000:201], 192.0.2.1"
    })
    void addressesAreTakenAsTheyAre(String host, String address) throws UnknownHostException {
        InetAddress parsed = HostLiteral.parse(host);
        assertNotNull(parsed);
        assertEquals(address, parsed.getHostAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "example.com", "example.com.", "1.2.3.4.example", "0x7f.example", "a1", "1a", "h.x1"
            })
    void namesAreNoAddresses(String host) throws UnknownHostException {
        assertNull(HostLiteral.parse(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.1",
                "2130706433",
                "0x7f.1",
                "0x7f000001",
                "017700000001",
                "127.0.0.01",
                "127.0.0.256",
                "127.0.0.1.",
                "1.2.3.4.5",
                "0x",
                "1.0x",
                "127.0.0.-1.1",
                "127.0.0.\u0661",
                "127..0.1",
                "[::1",
                "[:::1]",
                "[12345::]",
                "::1",
                "[1.2.3.4:80]"
            })
    void numbersThatAreNoCanonicalAddressesAreRefused(String host) {
        UnknownHostException refusal = assertThrows(UnknownHostException.class, () -> HostLiteral.parse(host));
        assertTrue(refusal.getMessage().contains(host.startsWith("[") ? "" : host), refusal.getMessage());
    }
}
