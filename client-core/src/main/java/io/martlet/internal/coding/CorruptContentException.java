package io.martlet.internal.coding;

import org.jspecify.annotations.Nullable;

/** Encoded content is not what its coding allows. */
public final class CorruptContentException extends Exception {
    private static final long serialVersionUID = 1L;

    CorruptContentException(String reason) {
        this(reason, null);
    }

    CorruptContentException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
