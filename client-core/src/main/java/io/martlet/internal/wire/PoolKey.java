package io.martlet.internal.wire;

import io.martlet.http.Url;

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
    public String toString() {
        return (isSecure ? "https://" : "http://") + host + ":" + port;
    }
}
