package io.martlet.samples.bench;

import java.io.IOException;

/** A contestant that runs. */
interface Competitor extends AutoCloseable {
    /** Makes requests that are not counted. */
    void warmUp() throws IOException, InterruptedException;

    /**
     * Makes the requests of one round.
     *
     * @throws IOException if one of them failed, or the client did
     */
    Sample round() throws IOException, InterruptedException;

    @Override
    void close();
}
