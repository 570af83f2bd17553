package io.martlet.samples.fetch;

import io.martlet.samples.demo.DemoServer;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** A server and the URLs to try on it, for runs without any. Only this class and {@code serve} load the server. */
final class Demo implements AutoCloseable {
    static final int REQUESTS = 100;

    private static final List<String> PAGES = List.of(
            "get?number=%d",
            "users/%d",
            "posts/%d",
            "delay/0.%d",
            "bytes/%d000",
            "redirect/%d",
            "comments/%d",
            "stream/%d",
            "anything/number-%d",
            "posts/%d/comments");

    private final DemoServer server = DemoServer.start(0);

    String baseUrl() {
        return server.baseUrl();
    }

    Iterator<String> urls() {
        return IntStream.range(0, REQUESTS)
                .mapToObj(i ->
                        server.baseUrl() + PAGES.get(i % PAGES.size()).replace("%d", "" + (1 + i / PAGES.size() % 9)))
                .iterator();
    }

    @Override
    public void close() {
        server.close();
    }
}
