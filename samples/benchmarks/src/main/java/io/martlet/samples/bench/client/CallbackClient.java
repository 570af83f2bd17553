package io.martlet.samples.bench.client;

/** A client whose answers come on a thread of its own choice, as those of all peers do. */
public interface CallbackClient extends AutoCloseable {
    /** Begins one exchange; {@code answer} is told once, when the body is complete, perhaps before this returns. */
    void start(Exchange exchange, Answer answer);

    /** Ends the client and its threads. */
    @Override
    void close();
}
