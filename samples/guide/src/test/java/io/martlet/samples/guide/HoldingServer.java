package io.martlet.samples.guide;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/**
 * Says 200 to everything, but holds its answers back until a number of requests are there at the same time. So it is no
 * matter of speed how many there are at once: as many as the client sends without having heard of the first.
 */
final class HoldingServer implements AutoCloseable {
    /** How long a request is held when the others do not come, in which case none is held any more. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** How long those that are there wait for one more, which should not come. */
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final IntUnaryOperator wanted;

    // All that follows belongs to whoever has the monitor of this.
    private final List<Integer> atOnce = new ArrayList<>();
    private int inFlight;
    private int waiting;
    private int round;
    private boolean isPatient = true;

    private HoldingServer(HttpServer server, IntUnaryOperator wanted) {
        this.server = server;
        this.wanted = wanted;
    }

    /**
     * Starts it on a free port.
     *
     * @param wanted how many must be there before a request is answered, by its number; the first to come has number 0
     */
    static HoldingServer start(IntUnaryOperator wanted) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        HoldingServer holding = new HoldingServer(server, wanted);
        server.createContext("/", holding::answer);
        server.setExecutor(holding.threads);
        server.start();
        return holding;
    }

    /** Where it is; ends in a slash. */
    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** For each request, in the order of their coming, how many were there then, itself included. */
    synchronized List<Integer> atOnce() {
        return List.copyOf(atOnce);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            comeAndGo();
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void comeAndGo() throws InterruptedException {
        inFlight++;
        atOnce.add(inFlight);
        notifyAll();
        try {
            if (isPatient) {
                hold(wanted.applyAsInt(atOnce.size() - 1));
            }
        } finally {
            // Before it is answered: who has heard the answer may send the next request.
            inFlight--;
        }
    }

    private void hold(int count) throws InterruptedException {
        int mine = round;
        waiting++;
        if (waiting == count) {
            awaitOneMore();
            waiting = 0;
            round++;
            notifyAll();
            return;
        }
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (round == mine && isPatient) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                isPatient = false;
                notifyAll();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
    }

    private void awaitOneMore() throws InterruptedException {
        long end = System.nanoTime() + MOMENT_NANOS;
        int before = inFlight;
        for (long left = MOMENT_NANOS; left > 0 && inFlight == before; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
