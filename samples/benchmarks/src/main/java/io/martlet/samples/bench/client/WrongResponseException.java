package io.martlet.samples.bench.client;

/** A response that is not the one that must come; it spoils its round. */
public final class WrongResponseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongResponseException(String message) {
        super(message);
    }
}
