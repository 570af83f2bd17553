package io.martlet.testing;

/** Decides what a {@link ScriptedEngine} answers; called by any number of threads at once, and must not block. */
@FunctionalInterface
public interface Script {
    /**
     * {@return the answer to {@code request}} What is thrown here is thrown to the caller of the session.
     *
     * @param request as the engine got it
     */
    Answer answer(RecordedRequest request);
}
