package io.martlet.samples.fetch.progress;

import io.martlet.body.TransferProgress;

/** Counts the bytes of one body as they come, and ends the transfer of one that is too long. */
public final class BodyWatch implements TransferProgress {
    /** What a download that goes on begins with was there before, and is more than any piece that comes. */
    private static final long MAX_PIECE_BYTES = 1 << 20;

    private final RunMeter meter;
    private final long maxBytes;
    private long before;

    /** Fails with a {@link BodyTooLongException} when more than {@code maxBytes} have come, or are announced. */
    public BodyWatch(RunMeter meter, long maxBytes) {
        this.meter = meter;
        this.maxBytes = maxBytes;
    }

    @Override
    public void transferred(long bytes, long total) {
        long came = bytes - before;
        before = bytes;
        if (came > 0 && came <= MAX_PIECE_BYTES) {
            meter.bytes(came);
        }
        if (bytes > maxBytes || total > maxBytes) {
            throw new BodyTooLongException(maxBytes);
        }
    }

    /** A body has more bytes than it may. */
    public static final class BodyTooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private BodyTooLongException(long maxBytes) {
            super("the body is longer than " + maxBytes + " bytes (--max-body)");
        }
    }
}
