package io.martlet.async;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Unwraps failures from the exceptions that futures wrap them in. */
public final class Errors {
    private Errors() {}

    /**
     * {@return the failure inside any number of {@link CompletionException}s and {@link ExecutionException}s}
     *
     * @param error what a future or a stage has failed with, wrapped or not
     */
    public static Throwable unwrap(Throwable error) {
        Throwable inner = error;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
