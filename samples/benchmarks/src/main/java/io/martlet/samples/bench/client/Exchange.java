package io.martlet.samples.bench.client;

import java.util.concurrent.atomic.AtomicLong;

/** One request, made again and again, and what must come back. Used by any number of threads. */
public final class Exchange {
    /** What is done with the bodies. */
    public enum Kind {
        /** GET; the body of the response is held in memory. */
        FETCH,
        /** GET; the body of the response is counted and dropped as it arrives. */
        DOWNLOAD,
        /** POST of {@link Exchange#upload}; the body of the response is held in memory. */
        UPLOAD
    }

    private static final int OK = 200;
    private static final long UNKNOWN = -1;

    private final Kind kind;
    private final String url;
    private final boolean closes;
    private final byte[] upload;
    private final AtomicLong expectedBytes;

    /**
     * Describes an exchange.
     *
     * @param closes        whether the connection is not to be used again, which a header then says
     * @param expectedBytes length of the body of every response; -1 for that of the first, whatever it is
     * @param uploadBytes   length of the body to send, 0 for none
     */
    public Exchange(Kind kind, String url, boolean closes, long expectedBytes, int uploadBytes) {
        this.kind = kind;
        this.url = url;
        this.closes = closes;
        this.expectedBytes = new AtomicLong(expectedBytes);
        this.upload = new byte[uploadBytes];
    }

    /** What is done with the bodies. */
    public Kind kind() {
        return kind;
    }

    /** Where the request goes. */
    public String url() {
        return url;
    }

    /** Whether the request says {@code Connection: close}. */
    public boolean closes() {
        return closes;
    }

    /** What to send, always the same array; empty for no body. */
    public byte[] upload() {
        return upload;
    }

    /**
     * Checks a response that was read to its end.
     *
     * @throws WrongResponseException if it is not the one that must come
     */
    public void check(int status, long bytes) {
        if (status != OK) {
            throw new WrongResponseException("Status " + status + " from " + url);
        }
        long expected = expectedBytes.get();
        if (expected == UNKNOWN) {
            expectedBytes.compareAndSet(UNKNOWN, bytes);
            expected = expectedBytes.get();
        }
        if (bytes != expected) {
            throw new WrongResponseException(bytes + " bytes instead of " + expected + " from " + url);
        }
    }
}
