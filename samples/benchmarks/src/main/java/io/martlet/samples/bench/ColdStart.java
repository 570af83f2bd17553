package io.martlet.samples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A contestant whose process is new in each round, and makes one request. */
record ColdStart(Path directory, List<String> command) implements Competitor {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Once, so that its files are in the memory of the system. */
    @Override
    public void warmUp() throws IOException, InterruptedException {
        round();
    }

    @Override
    public Sample round() throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (ChildProcess process = ChildProcess.start(directory, command)) {
            String line = process.ask("count 1 1", PATIENCE);
            process.finish();
            return Sample.ofColdStart(line, System.nanoTime() - start);
        }
    }

    @Override
    public void close() {}
}
