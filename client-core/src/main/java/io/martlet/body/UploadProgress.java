package io.martlet.body;

/** Hears how far the sending of a body has come; see {@link RequestBody#withProgress}. */
@FunctionalInterface
public interface UploadProgress {
    /**
     * Some more was sent.
     *
     * @param sent  bytes so far; from the start again when the body is sent again
     * @param total bytes that there are; -1 if that is not known
     */
    void sent(long sent, long total);
}
