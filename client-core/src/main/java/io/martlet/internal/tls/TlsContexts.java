package io.martlet.internal.tls;

import io.martlet.config.TlsConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One {@link TlsContext} for each configuration, so that its connections resume each other's sessions. Thread-safe.
 *
 * <p>At most {@link #MOST} are kept, those used last: a program that makes a new client certificate for each request
 * does not fill the memory.
 */
public final class TlsContexts {
    static final int MOST = 256;

    private final Map<TlsConfig, TlsContext> contexts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TlsConfig, TlsContext> eldest) {
            return size() > MOST;
        }
    };

    /** The context for {@code config}. The first time it may read files, and must not be called on a loop's thread. */
    public TlsContext get(TlsConfig config) {
        synchronized (contexts) {
            TlsContext known = contexts.get(config);
            if (known != null) {
                return known;
            }
        }
        TlsContext made = new TlsContext(config);
        synchronized (contexts) {
            TlsContext first = contexts.putIfAbsent(config, made);
            return first == null ? made : first;
        }
    }
}
