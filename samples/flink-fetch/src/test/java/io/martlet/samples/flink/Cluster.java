package io.martlet.samples.flink;

import java.nio.file.Path;

/** Two task managers with two slots each. */
interface Cluster extends AutoCloseable {
    int SLOTS = 4;

    /** Begins with a job on all slots. */
    void start(Path input, Path output, FetchSettings settings) throws Exception;

    /** Waits for the job's end, and fails if that is no good one. */
    void awaitSuccess() throws Exception;

    /** Ends one of the two, with all that it is at. */
    void killTaskManager() throws Exception;

    /** Starts another. */
    void startTaskManager() throws Exception;

    @Override
    void close();
}
