package io.martlet.async;

import io.martlet.WireEngines;
import io.martlet.engine.EngineFactory;
import io.martlet.ktor.KtorEngines;

/** What can carry the requests of a session. */
public final class Engines {
    private Engines() {}

    /** {@return Martlet's own engine, and the default: HTTP/1.1 over pooled connections, TLS 1.3 and 1.2} */
    public static EngineFactory wire() {
        return WireEngines.wire();
    }

    /** {@return stock Ktor CIO: HTTP/1.1, a new connection for each request, TLS up to 1.2} */
    public static EngineFactory cio() {
        return KtorEngines.cio();
    }
}
