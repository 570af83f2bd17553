package io.martlet.internal.tls;

import io.martlet.internal.net.Transport;
import javax.net.ssl.SSLEngine;

/** What the phases of one connection share. */
record TlsWiring(
        Transport below,
        TlsContext context,
        SSLEngine engine,
        HandshakeNotes notes,
        TlsInbound in,
        TlsOutbound out,
        ConnectionLoop loop) {

    static TlsWiring of(Transport below, TlsContext context, SSLEngine engine, ConnectionLoop loop) {
        HandshakeNotes notes = new HandshakeNotes();
        return new TlsWiring(
                below, context, engine, notes, new TlsInbound(engine), new TlsOutbound(engine, below), loop);
    }
}
