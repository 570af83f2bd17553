package io.martlet.internal.wire;

import io.martlet.http.Headers;
import java.util.concurrent.TimeUnit;

/** How long a server says that it keeps an idle connection: {@code Keep-Alive: timeout=5} (RFC 2068 §19.7.1). */
final class KeepAlive {
    /** Longer than any connection is kept, and short enough for arithmetic. */
    private static final long MOST_SECONDS = TimeUnit.DAYS.toSeconds(365);

    /** A connection is left alone so long before the server closes it: a request on its way would not arrive in time. */
    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private KeepAlive() {}

    /** Nanoseconds for which the connection may be reused; {@link Long#MAX_VALUE} if the server does not say. */
    static long nanos(Headers headers) {
        String value = headers.get("Keep-Alive");
        if (value == null) {
            return Long.MAX_VALUE;
        }
        for (String parameter : value.split(",")) {
            String[] parts = parameter.trim().split("=", 2);
            if (parts.length == 2 && parts[0].trim().equalsIgnoreCase("timeout")) {
                return nanos(parts[1].trim());
            }
        }
        return Long.MAX_VALUE;
    }

    private static long nanos(String seconds) {
        if (seconds.isEmpty() || seconds.length() > 18 || !seconds.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Long.MAX_VALUE;
        }
        long nanos = TimeUnit.SECONDS.toNanos(Math.min(MOST_SECONDS, Long.parseLong(seconds)));
        return nanos - Math.min(MARGIN_NANOS, nanos / 2);
    }
}
