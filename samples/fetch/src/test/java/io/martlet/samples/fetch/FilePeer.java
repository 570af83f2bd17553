package io.martlet.samples.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JDK's HTTP server with one file, in whole or in part, under every path. Tells what was asked for. */
final class FilePeer implements AutoCloseable {
    private static final Pattern FROM = Pattern.compile("bytes=(\\d+)-(\\d*)");

    private final byte[] content;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> dispositions = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile int stallAt = Integer.MAX_VALUE;

    private FilePeer(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** With a file of so many bytes, always the same. */
    static FilePeer of(int bytes) {
        byte[] content = new byte[bytes];
        new Random(1).nextBytes(content);
        try {
            return new FilePeer(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] content() {
        return content;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Each request so far, as {@code GET /a} or {@code GET /a bytes=5-}. */
    List<String> asked() {
        return asked;
    }

    /** No answer gets beyond that byte of the file, or ends; {@link Integer#MAX_VALUE} for those that begin from now on. */
    void stallAt(int position) {
        stallAt = position;
    }

    /** What the server says of the file under {@code path}. */
    void name(String path, String disposition) {
        dispositions.put(path, disposition);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String path = exchange.getRequestURI().getRawPath();
        asked.add(exchange.getRequestMethod() + " " + path + (range == null ? "" : " " + range));
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        if (dispositions.containsKey(path)) {
            exchange.getResponseHeaders().set("Content-Disposition", dispositions.get(path));
        }
        if (path.startsWith("/missing")) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        Matcher from = FROM.matcher(String.valueOf(range));
        boolean isPart = from.matches();
        int start = isPart ? Integer.parseInt(from.group(1)) : 0;
        int stop = isPart && !from.group(2).isEmpty() ? Integer.parseInt(from.group(2)) + 1 : content.length;
        if (isPart) {
            String piece = "bytes " + start + "-" + (stop - 1) + "/" + content.length;
            exchange.getResponseHeaders().set("Content-Range", piece);
        }
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(isPart ? 206 : 200, isHead ? -1 : stop - start);
        if (!isHead) {
            send(exchange, start, stop);
        }
    }

    private void send(HttpExchange exchange, int start, int stop) throws IOException {
        int reach = Math.max(start, Math.min(stop, stallAt));
        try (exchange) {
            OutputStream body = exchange.getResponseBody();
            body.write(content, start, reach - start);
            body.flush();
            if (reach < stop) {
                end.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
