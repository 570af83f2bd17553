package io.martlet.samples.bench.client;

/** Who waits for the end of one exchange. Exactly one of its methods is called, once. */
public interface Answer {
    /** The response is complete and has yet to be checked, with a body of so many bytes. */
    void done(int status, long bytes);

    /** The response is complete and was found right already. */
    void checked();

    /** There is no complete response. */
    void failed(Throwable failure);
}
