package io.martlet.samples.bench.worker;

import io.martlet.samples.bench.client.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts requests in flight that the server does not answer before it is told to, and looks at the heap meanwhile. */
final class HeldRound {
    private static final int PATIENCE_SECONDS = 60;
    private static final int POLL_MILLIS = 20;

    private final Loop loop;
    private final Exchange exchange;
    private final int inFlight;
    private final String server;

    /** A round against the server whose root is {@code server}; see HoldingServer for its pages. */
    HeldRound(Loop loop, Exchange exchange, int inFlight, String server) {
        this.loop = loop;
        this.exchange = exchange;
        this.inFlight = inFlight;
        this.server = server;
    }

    String measure() throws IOException, InterruptedException {
        ask("held");
        long heap = Usage.heapBytesAfterCollection();
        long memory = Usage.memoryBytes();
        long start = System.nanoTime();
        CompletableFuture<Tally> tally = CompletableFuture.supplyAsync(this::run, task -> new Thread(task).start());
        awaitAllHeld(tally);
        long nanos = System.nanoTime() - start;
        long heapHeld = Usage.heapBytesAfterCollection();
        long memoryHeld = Usage.memoryBytes();
        int threads = Usage.threads();
        ask("release");
        try {
            return Round.describe(tally.get(PATIENCE_SECONDS, TimeUnit.SECONDS), nanos)
                    .with("heapBytes", Math.max(0, heapHeld - heap))
                    .with("memoryBytes", Math.max(0, memoryHeld - memory))
                    .with("threads", threads)
                    .with("peakBytes", Usage.peakMemoryBytes())
                    .toString();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The requests that were held did not end", e);
        }
    }

    private Tally run() {
        try {
            return loop.run(exchange, Load.ofRequests(inFlight, inFlight));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns early if the requests end: then they failed, and their tally says how. */
    private void awaitAllHeld(CompletableFuture<Tally> tally) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (ask("held") < inFlight && !tally.isDone() && System.nanoTime() - deadline < 0) {
            CompletableFuture.anyOf(tally)
                    .completeOnTimeout(tally, POLL_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    private long ask(String page) throws IOException {
        URLConnection connection = URI.create(server + page).toURL().openConnection();
        try (var body = connection.getInputStream()) {
            return Long.parseLong(new String(body.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }
}
