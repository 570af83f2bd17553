package io.martlet.body;

/**
 * Why a body cannot be taken apart. The message is fit for a person: one line, bounded, no value of a header in it.
 *
 * <p>It has no stack trace: it tells of the peer, not of this code.
 */
final class MultipartFault extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MultipartFault(String reason) {
        super(reason);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
