package io.martlet.samples.bench.worker;

import io.martlet.samples.bench.client.Exchange;

/** Keeps so many requests in flight. */
public interface Loop extends AutoCloseable {
    /** Makes requests as long as {@code load} says, and returns when all have their answers. */
    Tally run(Exchange exchange, Load load) throws InterruptedException;

    /** Closes the client. */
    @Override
    void close();
}
