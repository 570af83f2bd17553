package io.martlet.error;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Stands for a cause that cannot be serialised, and prints as it did. */
final class WrittenCause extends IOException {
    private static final long serialVersionUID = 1L;

    /** Causes may go in circles. */
    private static final int MAX_DEPTH = 16;

    private final String printed;

    private WrittenCause(Throwable original, @Nullable Throwable cause) {
        super(original.getMessage(), cause);
        printed = original.toString();
        setStackTrace(original.getStackTrace());
    }

    /** {@code cause} where all of it can be serialised, otherwise what stands for it. */
    static @Nullable Throwable of(@Nullable Throwable cause) {
        return of(cause, MAX_DEPTH);
    }

    private static @Nullable Throwable of(@Nullable Throwable cause, int depth) {
        if (cause == null || isSerialisable(cause)) {
            return cause;
        }
        return depth == 0 ? null : new WrittenCause(cause, of(cause.getCause(), depth - 1));
    }

    /** The type says only that it should be. */
    private static boolean isSerialisable(Throwable cause) {
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            out.writeObject(cause);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return printed;
    }
}
