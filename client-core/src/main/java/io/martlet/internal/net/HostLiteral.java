package io.martlet.internal.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Hosts that are addresses and need no look-up. */
final class HostLiteral {
    private HostLiteral() {}

    /**
     * The address that {@code host} is, or null if it is a name.
     *
     * @param host as in a URL: an IPv6 address in brackets
     * @throws UnknownHostException if it is neither: the JDK and the C library take {@code 127.1}, {@code 2130706433}
     *     and {@code 0x7f.1} for 127.0.0.1, past every filter that looks at the text (SSRF)
     */
    static @Nullable InetAddress parse(String host) throws UnknownHostException {
        if (host.indexOf(':') >= 0) {
            // The JDK looks up nothing that has brackets; with a colon but without brackets it is no host.
            if (!host.startsWith("[")) {
                throw new UnknownHostException(host + ": an IPv6 address without brackets");
            }
            return InetAddress.getByName(host);
        }
        if (!endsInNumber(host)) {
            return null;
        }
        byte[] bytes = canonicalIpv4(host);
        if (bytes == null) {
            throw new UnknownHostException(host + ": a number but no IPv4 address in canonical form");
        }
        return InetAddress.getByAddress(bytes);
    }

    /** https://url.spec.whatwg.org/#ends-in-a-number-checker */
    private static boolean endsInNumber(String host) {
        int end = host.endsWith(".") ? host.length() - 1 : host.length();
        String last = host.substring(host.lastIndexOf('.', end - 1) + 1, end);
        boolean hex = last.startsWith("0x") || last.startsWith("0X");
        return !last.isEmpty() && last.chars().skip(hex ? 2 : 0).allMatch(c -> Character.digit(c, hex ? 16 : 10) >= 0);
    }

    private static byte @Nullable [] canonicalIpv4(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            if (!parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > 255) {
                return null;
            }
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return bytes;
    }
}
