package io.martlet.samples.flink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Counts the requests for each path, and answers none before it is told to. */
final class HeldServer implements AutoCloseable {
    static {
        // Otherwise each answer waits for the acknowledgement of its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    // All below is guarded by this.
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> held = new HashSet<>();
    private int inFlight;
    private int peak;
    private long round;
    private boolean isOpen;

    HeldServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            hold(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(204, -1);
        }
    }

    /** Is over before the answer is on its way: what the client sends then does not come on top. */
    private synchronized void hold(String path) {
        counts.merge(path, 1, Integer::sum);
        inFlight++;
        peak = Math.max(peak, inFlight);
        held.add(path);
        notifyAll();
        long came = round;
        while (round == came && !isOpen) {
            await();
        }
        inFlight--;
    }

    /** Waits until so many are held, and returns their URLs. */
    synchronized List<String> awaitHeld(int requests) {
        while (held.size() < requests) {
            await();
        }
        return held.stream().map(this::url).toList();
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers what is held. */
    synchronized void answerHeld() {
        held.clear();
        round++;
        notifyAll();
    }

    /** Answers what is held, and from now on everything. */
    synchronized void open() {
        isOpen = true;
        notifyAll();
    }

    /** Most requests at once so far. */
    synchronized int peak() {
        return peak;
    }

    /** How often each URL was requested so far. */
    synchronized Map<String, Integer> counts() {
        Map<String, Integer> byUrl = new HashMap<>();
        counts.forEach((path, count) -> byUrl.put(url(path), count));
        return byUrl;
    }

    @Override
    public void close() {
        open();
        server.stop(0);
        threads.shutdownNow();
    }
}
