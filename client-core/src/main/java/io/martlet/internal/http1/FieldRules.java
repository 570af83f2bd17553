package io.martlet.internal.http1;

import java.util.Set;
import java.util.TreeSet;

/** Which fields may stand where. */
final class FieldRules {
    /** RFC 9110 §6.5.1: fields that are of no use, or dangerous, once the body has been sent. */
    private static final Set<String> NOT_IN_TRAILERS = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        NOT_IN_TRAILERS.addAll(Set.of(
                "Authorization",
                "Connection",
                "Content-Encoding",
                "Content-Length",
                "Content-Range",
                "Content-Type",
                "Cookie",
                "Expect",
                "Host",
                "Keep-Alive",
                "Max-Forwards",
                "Proxy-Authorization",
                "Range",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade"));
    }

    private FieldRules() {}

    /** Whether the field frames or routes a message. */
    static boolean isFraming(String name) {
        return switch (name.length()) {
            case 4 -> name.equalsIgnoreCase("Host");
            case 14 -> name.equalsIgnoreCase("Content-Length");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            default -> false;
        };
    }

    /** Whether a request may carry the field after its body. */
    static boolean mayTrail(String name) {
        return !NOT_IN_TRAILERS.contains(name);
    }
}
