package io.martlet.samples.fetch.progress;

import java.io.IOException;

/** Tells a person who waits how far the run is. All methods may be called from any thread. */
public interface Progress extends AutoCloseable {
    /** For when nobody watches. */
    Progress NONE = new Progress() {
        @Override
        public void hideWhile(Output output) throws IOException {
            output.write();
        }

        @Override
        public void close() {}
    };

    /** Writes something. */
    @FunctionalInterface
    interface Output {
        void write() throws IOException;
    }

    /** Lets the screen to {@code output} for as long as it runs. */
    void hideWhile(Output output) throws IOException;

    /** Vanishes. Idempotent. */
    @Override
    void close();
}
