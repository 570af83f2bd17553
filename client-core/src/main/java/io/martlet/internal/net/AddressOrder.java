package io.martlet.internal.net;

import io.martlet.config.AddressFamily;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** In which order the addresses of a host are tried. */
final class AddressOrder {
    private AddressOrder() {}

    /** The addresses that {@code family} allows, the families in turns (RFC 8305 §4), the order within each kept. */
    static List<InetAddress> interleaved(List<InetAddress> addresses, AddressFamily family) {
        Map<Boolean, List<InetAddress>> split = byFamily(addresses);
        return switch (family) {
            case ANY -> inTurns(split, addresses.isEmpty() || isIpv4(addresses.get(0)));
            case IPV4_FIRST -> inTurns(split, true);
            case IPV6_FIRST -> inTurns(split, false);
            case IPV4_ONLY -> split.get(true);
            case IPV6_ONLY -> split.get(false);
        };
    }

    private static List<InetAddress> inTurns(Map<Boolean, List<InetAddress>> split, boolean ipv4First) {
        Iterator<InetAddress> first = split.get(ipv4First).iterator();
        Iterator<InetAddress> second = split.get(!ipv4First).iterator();
        List<InetAddress> result = new ArrayList<>();
        while (first.hasNext() || second.hasNext()) {
            if (first.hasNext()) {
                result.add(first.next());
            }
            if (second.hasNext()) {
                result.add(second.next());
            }
        }
        return result;
    }

    /**
     * The addresses with those of each family moved on by {@code turns} places, so that each is the first once in a
     * while. Which family stands where does not change: the system has reasons for it (RFC 6724).
     */
    static List<InetAddress> rotated(List<InetAddress> addresses, int turns) {
        Map<Boolean, List<InetAddress>> split = byFamily(addresses);
        int[] next = {turns, turns};
        List<InetAddress> result = new ArrayList<>(addresses.size());
        for (InetAddress address : addresses) {
            List<InetAddress> family = split.get(isIpv4(address));
            int index = next[isIpv4(address) ? 0 : 1]++;
            result.add(family.get(Math.floorMod(index, family.size())));
        }
        return result;
    }

    private static Map<Boolean, List<InetAddress>> byFamily(List<InetAddress> addresses) {
        return addresses.stream().collect(Collectors.partitioningBy(AddressOrder::isIpv4));
    }

    private static boolean isIpv4(InetAddress address) {
        return address instanceof Inet4Address;
    }
}
