package io.martlet.samples.bench.client;

/** How a client is called. */
public enum Mode {
    /** Awaited by coroutines on Dispatchers.Default. */
    SUSPEND("suspend"),
    /** The completion of one request begins the next, on the thread that the client completes on. */
    FUTURE("future"),
    /** As {@link #FUTURE}, with Martlet's own default for the thread; peers have no such choice. */
    FUTURE_DEFAULT("future, default");

    private final String label;

    Mode(String label) {
        this.label = label;
    }

    /** Its name in tables. */
    public String label() {
        return label;
    }
}
