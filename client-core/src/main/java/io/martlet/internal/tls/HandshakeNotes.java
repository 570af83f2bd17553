package io.martlet.internal.tls;

import org.jspecify.annotations.Nullable;

/**
 * What key and trust managers, which serve all connections, learn about the handshake that asks them. It is the one that
 * runs on the thread at that moment.
 */
final class HandshakeNotes {
    private static final ThreadLocal<@Nullable HandshakeNotes> CURRENT = new ThreadLocal<>();

    private volatile boolean certificateJudged;
    private volatile boolean clientCertificateAsked;

    /** The server sent its certificate, and it was judged: no session was resumed. */
    boolean isCertificateJudged() {
        return certificateJudged;
    }

    /** The server asked for a certificate of the client. */
    boolean isClientCertificateAsked() {
        return clientCertificateAsked;
    }

    static void certificateJudged() {
        HandshakeNotes notes = CURRENT.get();
        if (notes != null) {
            notes.certificateJudged = true;
        }
    }

    static void clientCertificateAsked() {
        HandshakeNotes notes = CURRENT.get();
        if (notes != null) {
            notes.clientCertificateAsked = true;
        }
    }

    /** From now on this thread works for the handshake of these notes, until {@link #leave}. */
    void enter() {
        CURRENT.set(this);
    }

    static void leave() {
        CURRENT.remove();
    }
}
