package io.martlet.samples.bench.worker;

import java.util.Collection;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What came of the requests of one loop. Used by one thread at a time, handed over by the client under test. */
public final class Tally {
    // Only when the first answer is there: until then it would count as heap of a request in flight.
    private @Nullable Latencies latencies;
    private long requests;
    private long errors;
    private @Nullable String firstError;

    /** Counts an exchange that went well. */
    public void success(long nanos) {
        if (latencies == null) {
            latencies = new Latencies();
        }
        latencies.add(nanos);
        requests++;
    }

    /** Counts an exchange that did not. */
    public void failure(Throwable failure) {
        errors++;
        if (firstError == null) {
            firstError = describe(failure);
        }
    }

    /** All of them as one. */
    public static Tally sum(Collection<Tally> tallies) {
        Tally sum = new Tally();
        sum.latencies = new Latencies();
        for (Tally tally : tallies) {
            sum.requests += tally.requests;
            sum.errors += tally.errors;
            if (sum.firstError == null) {
                sum.firstError = tally.firstError;
            }
            if (tally.latencies != null) {
                sum.latencies.addAll(tally.latencies);
            }
        }
        return sum;
    }

    /** Exchanges that went well. */
    public long requests() {
        return requests;
    }

    /** Exchanges that failed. */
    public long errors() {
        return errors;
    }

    /** What the first failure says; null if there was none. */
    public @Nullable String firstError() {
        return firstError;
    }

    /** The latency in nanoseconds that this part, 0 to 1, of the exchanges stayed below; 0 if there are none. */
    public long latency(double part) {
        return latencies == null ? 0 : latencies.percentile(part);
    }

    private static String describe(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean isWrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        Throwable told = isWrapper && cause != null ? cause : failure;
        return told.getClass().getSimpleName() + ": " + told.getMessage();
    }
}
