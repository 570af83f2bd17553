package io.martlet.error;

import java.util.Locale;

/** The part of a request's way in which something happened. Prints itself in lower case: {@code first byte}. */
public enum Phase {
    /** The request was being put together; nothing was sent. */
    REQUEST,
    /** Waiting for its turn by the session's rate limit. */
    RATE,
    /** Waiting for a free connection slot. */
    QUEUE,
    /** Looking up the addresses of the host. */
    DNS,
    /** Opening the connection to one of the addresses. */
    CONNECT,
    /** The TLS handshake, certificate check included. */
    TLS,
    /** Talking to a proxy before it lets the request through. */
    PROXY,
    /** Sending the request's head and body. */
    WRITE,
    /** The request is sent, nothing of the response has arrived. */
    FIRST_BYTE,
    /** Reading the response's head or body. */
    READ,
    /** The response arrived and was judged: its status, its type, where it redirects to, what its body says. */
    RESPONSE,
    /** All of the above together. */
    TOTAL;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', ' ');

    @Override
    public String toString() {
        return label;
    }
}
