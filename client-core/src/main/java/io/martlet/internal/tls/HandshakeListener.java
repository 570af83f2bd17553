package io.martlet.internal.tls;

/** Hears how a handshake ended: one of the two, once, on the loop's thread. Must not block. */
public interface HandshakeListener {
    /**
     * The connection is secure and the server is who it should be. The transport may be written to and started, here or
     * later; nothing is read until it is started.
     */
    void secured(TlsSession session);

    /** There will be no secure connection; the one below is closed already. */
    void failed(TlsHandshakeException cause);
}
