package io.martlet.samples.bench.worker;

import io.martlet.samples.bench.client.Answer;
import io.martlet.samples.bench.client.CallbackClient;
import io.martlet.samples.bench.client.Exchange;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** As many chains as requests may be in flight: each answer begins the next request, on the thread it came on. */
public final class CallbackLoop implements Loop {
    private final CallbackClient client;

    /** A loop that closes {@code client} with itself. */
    public CallbackLoop(CallbackClient client) {
        this.client = client;
    }

    @Override
    public Tally run(Exchange exchange, Load load) throws InterruptedException {
        CountDownLatch open = new CountDownLatch(load.inFlight());
        List<Chain> chains = Stream.generate(() -> new Chain(exchange, load, open))
                .limit(load.inFlight())
                .toList();
        beginAll(chains);
        open.await();
        return Tally.sum(chains.stream().map(chain -> chain.tally).toList());
    }

    /**
     * Where answers are there at once a chain never leaves the thread that begins it: as many begin them as work on coroutines.
     */
    private static void beginAll(List<Chain> chains) {
        int threads = Runtime.getRuntime().availableProcessors();
        for (int first = 0; first < threads; first++) {
            int from = first;
            new Thread(() -> IntStream.iterate(from, i -> i < chains.size(), i -> i + threads)
                            .forEach(i -> chains.get(i).next()))
                    .start();
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Chain implements Answer {
        private final Exchange exchange;
        private final Load load;
        private final CountDownLatch open;
        private final Tally tally = new Tally();

        // Above 0 while somebody is in the loop of next(): an answer that comes before start() returns takes no stack.
        private final AtomicInteger pending = new AtomicInteger();
        private long start;

        Chain(Exchange exchange, Load load, CountDownLatch open) {
            this.exchange = exchange;
            this.load = load;
            this.open = open;
        }

        void next() {
            if (pending.getAndIncrement() > 0) {
                return;
            }
            do {
                begin();
            } while (pending.decrementAndGet() > 0);
        }

        private void begin() {
            if (!load.mayStart()) {
                open.countDown();
                return;
            }
            start = System.nanoTime();
            try {
                client.start(exchange, this);
            } catch (RuntimeException e) {
                failed(e);
            }
        }

        @Override
        public void done(int status, long bytes) {
            try {
                exchange.check(status, bytes);
            } catch (RuntimeException e) {
                failed(e);
                return;
            }
            checked();
        }

        @Override
        public void checked() {
            tally.success(System.nanoTime() - start);
            next();
        }

        @Override
        public void failed(Throwable failure) {
            tally.failure(failure);
            open.countDown();
        }
    }
}
