package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.config.AddressFamily;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses are written as their family and a letter: {@code 4a 6a 6b}. */
class AddressOrderTest {
    @ParameterizedTest
    @CsvSource({
        "ANY, 4a 4b 6a 6b, 4a 6a 4b 6b",
        "ANY, 6a 6b 4a, 6a 4a 6b",
        "ANY, 4a 4b 4c, 4a 4b 4c",
        "ANY, 6a, 6a",
        "ANY, '', ''",
        "IPV4_FIRST, 6a 6b 4a 6c, 4a 6a 6b 6c",
        "IPV4_FIRST, 6a 6b, 6a 6b",
        "IPV6_FIRST, 4a 4b 4c 6a, 6a 4a 4b 4c",
        "IPV4_ONLY, 6a 4a 6b 4b, 4a 4b",
        "IPV4_ONLY, 6a, ''",
        "IPV6_ONLY, 4a 6a 4b 6b, 6a 6b",
        "IPV6_ONLY, '', ''"
    })
    void theFamiliesAreTriedInTurns(AddressFamily family, String addresses, String order) {
        assertEquals(order, print(AddressOrder.interleaved(parse(addresses), family)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4a 4b 6a, 4a 4b 6a",
        "1, 4a 4b 6a, 4b 4a 6a",
        "2, 4a 4b 6a, 4a 4b 6a",
        "1, 4a 6a 4b 6b 4c, 4b 6b 4c 6a 4a",
        "2, 4a 6a 4b 6b 4c, 4c 6a 4a 6b 4b",
        "1, 6a 4a, 6a 4a",
        "1, '', ''",
        "2147483647, 4a 4b, 4b 4a",
        "-2147483648, 4a 4b, 4a 4b"
    })
    void eachAddressIsFirstOnceInAWhileWithinItsFamily(int turns, String addresses, String order) {
        assertEquals(order, print(AddressOrder.rotated(parse(addresses), turns)));
    }

    private static List<InetAddress> parse(String addresses) {
        return Arrays.stream(addresses.split(" "))
                .filter(a -> !a.isEmpty())
                .map(AddressOrderTest::address)
                .toList();
    }

    private static InetAddress address(String text) {
        byte[] bytes = new byte[text.charAt(0) == '4' ? 4 : 16];
        bytes[0] = 32;
        bytes[bytes.length - 1] = (byte) text.charAt(1);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String print(List<InetAddress> addresses) {
        return addresses.stream()
                .map(InetAddress::getAddress)
                .map(bytes -> (bytes.length == 4 ? "4" : "6") + (char) bytes[bytes.length - 1])
                .collect(Collectors.joining(" "));
    }
}
