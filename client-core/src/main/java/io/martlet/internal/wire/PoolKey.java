package io.martlet.internal.wire;

import io.martlet.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * What connections must have in common to be interchangeable.
 *
 * <p>All connections of an engine have the same TLS settings, and none goes through a proxy: the origin is enough.
 */
record PoolKey(boolean isSecure, String host, int port) {
    static PoolKey of(Url url) {
        return new PoolKey(url.isSecure(), url.host(), url.port());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PoolKey key && port == key.port && isSecure == key.isSecure && host.equals(key.host);
    }

    /** Written out, as {@code equals}: what the compiler makes is linked at the first request, which takes milliseconds. */
    @Override
    public int hashCode() {
        return (host.hashCode() * 31 + port) * 2 + (isSecure ? 1 : 0);
    }

    @Override
    public String toString() {
        return (isSecure ? "https://" : "http://") + host + ":" + port;
    }
}
