package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoServerTest {
    private static final int SLOW_REQUESTS = 2_000;

    private final DemoServer server = DemoServer.start(0);
    private final DemoClient client = new DemoClient(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void baseUrlNamesThePortAndEndsInASlash() {
        assertEquals("http://127.0.0.1:" + server.port() + "/", server.baseUrl());
    }

    @Test
    void aGivenPortIsTaken() throws IOException {
        int port = ServerProcess.freePort();
        try (DemoServer other = DemoServer.start(port)) {
            assertEquals(port, other.port());
            assertEquals(200, new DemoClient(other.baseUrl()).status("get"));
        }
    }

    @Test
    void aTakenPortIsNamedInTheException() {
        UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> DemoServer.start(server.port()));
        assertEquals("Cannot listen on 127.0.0.1:" + server.port() + ": Address already in use", failure.getMessage());
    }

    @Test
    void aPortOutOfRangeIsRefused() {
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> DemoServer.start(65_536));
        assertEquals("port must be 0 to 65535 but was 65536", failure.getMessage());
    }

    @Test
    void closingTwiceDoesNothingMore() {
        server.close();
        server.close();
    }

    @Test
    void closingFreesThePort() {
        server.close();
        try (DemoServer next = DemoServer.start(server.port())) {
            assertEquals(200, new DemoClient(next.baseUrl()).status("get"));
        }
    }

    @Test
    void closingLeavesNoThread() throws InterruptedException {
        Set<Thread> before = threadsOfServers();
        DemoServer other = DemoServer.start(0);
        assertEquals(200, new DemoClient(other.baseUrl()).status("get"));
        Set<Thread> started = threadsOfServers();
        started.removeAll(before);
        assertFalse(started.isEmpty());

        other.close();

        for (Thread thread : started) {
            // The threads have been told to end and do so in their own time.
            thread.join(10_000);
            assertFalse(thread.isAlive(), thread.getName());
        }
    }

    @Test
    void closingCutsRequestsInFlight() {
        CompletableFuture<HttpResponse<String>> slow = client.getAsync("delay/10");
        awaitInFlight(1);

        server.close();

        CompletionException failure = assertThrows(CompletionException.class, slow::join);
        assertTrue(failure.getCause() instanceof IOException, failure.toString());
    }

    @Test
    void twoThousandSlowRequestsAreHeldByAHandfulOfThreads() {
        Set<Thread> before = threadsOfServers();
        List<CompletableFuture<HttpResponse<String>>> slow = IntStream.range(0, SLOW_REQUESTS)
                .mapToObj(i -> client.getAsync("delay/10"))
                .toList();

        awaitInFlight(SLOW_REQUESTS);

        Set<Thread> started = threadsOfServers();
        started.removeAll(before);
        assertEquals(SLOW_REQUESTS, server.maxInFlight());
        assertTrue(started.size() <= 2, () -> "started while they were held: " + started);
        server.close();
        slow.forEach(answer -> assertThrows(CompletionException.class, answer::join));
    }

    @Test
    void everyRequestIsCountedOnce() {
        client.get("get");
        client.get("nope");
        client.send("POST", "post", "body");
        client.send("HEAD", "bytes/100", "");
        client.get("stream/3");
        assertEquals(5, server.requests());
    }

    @Test
    void requestsOneAfterTheOtherAreNeverTwoInFlight() {
        for (int i = 0; i < 200; i++) {
            client.get(i % 2 == 0 ? "get" : "stream-bytes/20000");
        }
        assertEquals(1, server.maxInFlight());
    }

    @Test
    void theStatsPageShowsTheCountersAndIsNotCountedItself() {
        client.get("get");
        JsonObject expected =
                new JsonObject().put("requests", 1).put("inFlight", 0).put("maxInFlight", 1);
        assertEquals(expected, client.json("stats"));
        assertEquals(expected, client.json("stats"));
    }

    @Test
    void theCountersCanBeResetFromOutside() {
        client.get("get");
        JsonObject zero = new JsonObject().put("requests", 0).put("inFlight", 0).put("maxInFlight", 0);
        assertEquals(zero, client.sendForJson("POST", "stats/reset", ""));
        assertEquals(0, server.requests());
    }

    @Test
    void aResetLeavesTheRequestsInFlightCounted() {
        client.getAsync("delay/10");
        awaitInFlight(1);
        server.resetCounters();
        assertEquals(
                new JsonObject().put("requests", 0).put("inFlight", 1).put("maxInFlight", 1), client.json("stats"));
    }

    private void awaitInFlight(int expected) {
        while (client.json("stats").getInteger("inFlight") < expected) {
            Thread.onSpinWait();
        }
    }

    private static Set<Thread> threadsOfServers() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith("vert"));
        return threads;
    }
}
