package io.martlet.internal.http1;

import io.martlet.http.Headers;
import java.nio.charset.StandardCharsets;

/**
 * Writes requests into a {@link ByteSink}: head, body or chunks (RFC 9112 §3, §5 and §7.1).
 *
 * <p>The last line of defence: whoever built a request, its method, target, names and values are checked here once
 * more, and what would not arrive as the one request that it is gets refused with an {@link IllegalArgumentException}.
 * Then the sink is as it was before the call. Messages name the field, never its value. Not thread-safe.
 */
public final class RequestEncoder {
    private static final byte[] VERSION_AND_HOST = ascii(" HTTP/1.1\r\nHost: ");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] LAST_CHUNK = ascii("0\r\n");
    private static final byte[] HEX = ascii("0123456789abcdef");

    private final ByteSink out;
    private boolean saysLength;
    private boolean saysChunked;
    private boolean saysClose;
    private int hosts;

    /** An encoder that appends to {@code out}. */
    public RequestEncoder(ByteSink out) {
        this.out = out;
    }

    /**
     * Writes a head, to be followed by the body as {@link RequestHead#contentLength} says.
     *
     * @return whether the request asks the server to close the connection, because it was told to or by its headers
     * @throws IllegalArgumentException if it must not be sent; the sink is unchanged then
     */
    public boolean head(RequestHead head) {
        int mark = out.length();
        boolean written = false;
        try {
            startLine(head);
            fields(head);
            framing(head.contentLength());
            persistence(head.persistence());
            lineEnd();
            written = true;
            return saysClose;
        } finally {
            if (!written) {
                out.truncate(mark);
            }
        }
    }

    /**
     * Writes a head and the body that it announces.
     *
     * @return as {@link #head}
     * @throws IllegalArgumentException if it must not be sent, or the body has another length than announced; the sink
     *     is unchanged then
     */
    public boolean headAndBody(RequestHead head, byte[] body) {
        if (Math.max(0, head.contentLength()) != body.length || head.contentLength() == RequestHead.CHUNKED) {
            throw new IllegalArgumentException(
                    "body has " + body.length + " bytes, announced are " + head.contentLength());
        }
        boolean close = head(head);
        out.put(body);
        return close;
    }

    /**
     * Writes what comes before a chunk's data.
     *
     * @param size bytes of data, at least 1: a chunk of none would end the body
     */
    public void chunkHead(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("chunk size is less than 1: " + size);
        }
        int digits = (35 - Integer.numberOfLeadingZeros(size)) / 4;
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.put(HEX[size >>> shift & 15]);
        }
        lineEnd();
    }

    /** Writes what comes after a chunk's data. */
    public void chunkEnd() {
        lineEnd();
    }

    /**
     * Writes the end of a chunked body.
     *
     * @param trailers fields to send after it, usually none
     * @throws IllegalArgumentException if one of them must not be sent, or not as a trailer (RFC 9110 §6.5.1); the sink
     *     is unchanged then
     */
    public void lastChunk(Headers trailers) {
        int mark = out.length();
        out.put(LAST_CHUNK);
        boolean written = false;
        try {
            trailers.forEach(this::trailer);
            lineEnd();
            written = true;
        } finally {
            if (!written) {
                out.truncate(mark);
            }
        }
    }

    private void startLine(RequestHead head) {
        FieldWriter.token(out, "method", head.method());
        out.put(' ');
        // RFC 9112 §3.2.3: CONNECT names nothing but where to.
        if (head.method().equals("CONNECT") && !Authority.isHostAndPort(head.target())) {
            throw new IllegalArgumentException("target of CONNECT is not host:port");
        }
        FieldWriter.target(out, head.target());
        out.put(VERSION_AND_HOST);
        String own = head.headers().get("Host");
        String host = own == null ? head.host() : own;
        if (!Authority.isHostAndMaybePort(host)) {
            throw new IllegalArgumentException("value of header Host is not host[:port] (RFC 9112 §3.2)");
        }
        FieldWriter.value(out, "Host", host);
        lineEnd();
    }

    private void fields(RequestHead head) {
        saysLength = false;
        saysChunked = false;
        saysClose = false;
        hosts = 0;
        head.headers().forEach((name, value) -> {
            if (!isHost(name)) {
                FieldWriter.field(out, name, value);
                check(name, value, head.contentLength());
            }
        });
    }

    private boolean isHost(String name) {
        if (name.length() != 4 || !name.equalsIgnoreCase("Host")) {
            return false;
        }
        if (++hosts > 1) {
            throw new IllegalArgumentException("header Host is there twice (RFC 9112 §3.2)");
        }
        return true;
    }

    private void check(String name, String value, long contentLength) {
        switch (name.length()) {
            case 10 -> {
                if (name.equalsIgnoreCase("Connection")) {
                    saysClose |= FramingFields.hasOption(value, "close");
                }
            }
            case 14 -> {
                if (name.equalsIgnoreCase("Content-Length")) {
                    checkAgrees(name, !saysLength && isLength(value, contentLength));
                    saysLength = true;
                }
            }
            case 17 -> {
                if (name.equalsIgnoreCase("Transfer-Encoding")) {
                    boolean agrees = contentLength == RequestHead.CHUNKED && FramingFields.isChunked(value);
                    checkAgrees(name, !saysChunked && agrees);
                    saysChunked = true;
                }
            }
            default -> {}
        }
    }

    private static boolean isLength(String value, long contentLength) {
        return contentLength != RequestHead.CHUNKED && value.equals(Long.toString(Math.max(0, contentLength)));
    }

    private static void checkAgrees(String name, boolean agrees) {
        if (!agrees) {
            throw new IllegalArgumentException(
                    "header " + name + " does not say, once, what the body is (RFC 9112 §6)");
        }
    }

    private void framing(long contentLength) {
        if (contentLength == RequestHead.CHUNKED && !saysChunked) {
            out.put(CHUNKED);
        } else if (contentLength >= 0 && !saysLength) {
            out.put(CONTENT_LENGTH);
            FieldWriter.number(out, contentLength);
            lineEnd();
        }
    }

    private void persistence(RequestHead.Persistence persistence) {
        if (saysClose || persistence == RequestHead.Persistence.DEFAULT) {
            return;
        }
        saysClose = persistence == RequestHead.Persistence.CLOSE;
        out.put(saysClose ? CLOSE : KEEP_ALIVE);
    }

    private void trailer(String name, String value) {
        if (!FieldRules.mayTrail(name)) {
            throw new IllegalArgumentException("header " + name + " must not be a trailer (RFC 9110 §6.5.1)");
        }
        FieldWriter.field(out, name, value);
    }

    private void lineEnd() {
        out.put('\r');
        out.put('\n');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
