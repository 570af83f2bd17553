package io.martlet.internal.http1;

/** {@code host[:port]}, the value of {@code Host} and the target of CONNECT: RFC 3986 §3.2.2, RFC 9112 §3.2. */
final class Authority {
    private static final boolean[] NAME_CHAR = new boolean[128];

    static {
        for (char c = 0; c < 128; c++) {
            boolean letterOrDigit = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            NAME_CHAR[c] = letterOrDigit || "-._~!$&'()*+,;=".indexOf(c) >= 0;
        }
    }

    private Authority() {}

    /** Whether it is a host that is not empty, with or without a port, which RFC 3986 lets be empty. */
    static boolean isHostAndMaybePort(String text) {
        int end = hostEnd(text);
        return end > 0 && (end == text.length() || text.endsWith(":") && end == text.length() - 1 || isPort(text, end));
    }

    /** Whether it is a host and a port. */
    static boolean isHostAndPort(String text) {
        int end = hostEnd(text);
        return end > 0 && isPort(text, end);
    }

    /** The index after the host; 0 where there is none, or one that is not allowed. */
    private static int hostEnd(String text) {
        if (text.startsWith("[")) {
            return afterAddress(text);
        }
        int i = 0;
        while (i < text.length() && text.charAt(i) != ':') {
            char c = text.charAt(i);
            if (c == '%' && isHex(text, i + 1) && isHex(text, i + 2)) {
                i += 3;
            } else if (c < 128 && NAME_CHAR[c]) {
                i++;
            } else {
                return 0;
            }
        }
        return i;
    }

    /** RFC 6874 zones stay at home: they mean nothing to another machine. */
    private static int afterAddress(String text) {
        int i = 1;
        while (i < text.length() && (isHex(text, i) || text.charAt(i) == ':' || text.charAt(i) == '.')) {
            i++;
        }
        boolean closed = i > 2 && i < text.length() && text.charAt(i) == ']' && text.lastIndexOf(':', i) > 0;
        return closed ? i + 1 : 0;
    }

    private static boolean isPort(String text, int colon) {
        int digits = text.length() - colon - 1;
        if (digits < 1 || digits > 5 || text.charAt(colon) != ':') {
            return false;
        }
        int port = 0;
        for (int i = colon + 1; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            port = port * 10 + digit;
        }
        return port <= 65535;
    }

    private static boolean isHex(String text, int index) {
        return index < text.length() && text.charAt(index) < 128 && Character.digit(text.charAt(index), 16) >= 0;
    }
}
