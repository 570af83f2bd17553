package io.martlet.body;

/** Hears how far the transfer of a body has come. */
@FunctionalInterface
public interface TransferProgress {
    /** Hears nothing. */
    TransferProgress NONE = (bytes, total) -> {};

    /**
     * Some more bytes are where they belong. Called after each piece, by one thread at a time, which may block; what it
     * throws ends the transfer and is thrown there.
     *
     * @param bytes how many there are so far
     * @param total how many there will be; -1 if that is not known
     */
    void transferred(long bytes, long total);
}
