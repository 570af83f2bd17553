package io.martlet.internal.http1;

import java.util.Locale;

/**
 * Why a response cannot be read. The message is fit for a person: one line, bounded, foreign bytes escaped, no value of
 * a header in it. The connection that a fault was seen on must be closed.
 *
 * <p>It has no stack trace: it tells of the peer, not of this code, and a hostile peer should not make us fill one in.
 */
public final class Http1Fault extends Exception {
    private static final long serialVersionUID = 1L;

    /** What an engine does about a fault depends on these. */
    public enum Kind {
        /** Not one byte of a response arrived; a reused connection had perhaps been closed before the request. */
        CLOSED_BEFORE_HEAD,
        /** The connection was closed after some bytes, but before a whole head. */
        CLOSED_AMID_HEAD,
        /** The body ended before its time: see {@link #expected} and {@link #received}. */
        TRUNCATED_BODY,
        /** It is not HTTP/1.1 as RFC 9112 writes it. */
        MALFORMED,
        /** It exceeds one of {@link io.martlet.config.Limits}. */
        LIMIT
    }

    private final Kind kind;
    private final long expected;
    private final long received;

    private Http1Fault(Kind kind, String message, long expected, long received) {
        super(message, null, false, false);
        this.kind = kind;
        this.expected = expected;
        this.received = received;
    }

    static Http1Fault malformed(String reason) {
        return new Http1Fault(Kind.MALFORMED, reason, -1, 0);
    }

    static Http1Fault limit(String reason) {
        return new Http1Fault(Kind.LIMIT, reason, -1, 0);
    }

    static Http1Fault closedInHead(boolean started) {
        return started
                ? new Http1Fault(
                        Kind.CLOSED_AMID_HEAD, "the connection was closed amid the head of the response", -1, 0)
                : new Http1Fault(Kind.CLOSED_BEFORE_HEAD, "the connection was closed before a response", -1, 0);
    }

    static Http1Fault truncated(long expected, long received) {
        String of = expected < 0 ? " bytes, before the last chunk" : " of " + expected + " bytes";
        return new Http1Fault(Kind.TRUNCATED_BODY, "the body ended after " + received + of, expected, received);
    }

    /** What sort of fault it is. */
    public Kind kind() {
        return kind;
    }

    /** Bytes of body that the head announced; -1 for a chunked body and for other faults. */
    public long expected() {
        return expected;
    }

    /** Bytes of body that arrived before it was truncated; 0 for other faults. */
    public long received() {
        return received;
    }

    /** A byte for a message: {@code 'a'} or {@code 0x0b}. */
    static String name(byte octet) {
        return octet > ' ' && octet < 0x7f
                ? "'" + (char) octet + "'"
                : String.format(Locale.ROOT, "0x%02x", octet & 0xff);
    }

    /** Foreign text for a message: quoted, at most 40 characters, whatever is not visible ASCII escaped. */
    static String excerpt(String text) {
        StringBuilder result = new StringBuilder("\"");
        int end = Math.min(text.length(), 40);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            result.append(c < ' ' || c >= 0x7f ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
        }
        return result.append(end < text.length() ? "…\"" : "\"").toString();
    }
}
