package io.martlet.http;

/** Throws what a signature does not declare; see {@link ClientResponse} for the why. */
final class Undeclared {
    private Undeclared() {}

    /** Never returns; the return type lets callers write {@code throw}. */
    static RuntimeException rethrow(Throwable throwable) {
        return Undeclared.<RuntimeException>sneak(throwable);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneak(Throwable throwable) throws T {
        throw (T) throwable;
    }
}
