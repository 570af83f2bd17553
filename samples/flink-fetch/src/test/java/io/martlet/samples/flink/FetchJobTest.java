package io.martlet.samples.flink;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.martlet.samples.demo.DemoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchJobTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final FetchSettings SETTINGS = new FetchSettings(3, Double.POSITIVE_INFINITY, 1, TIMEOUT, 1_000);

    @TempDir
    static Path checkpoints;

    private static EmbeddedCluster cluster;
    private static DemoServer server;

    @TempDir
    Path folder;

    private Path output;

    @BeforeAll
    static void start() throws Exception {
        cluster = new EmbeddedCluster(checkpoints);
        server = DemoServer.start(0);
    }

    @AfterAll
    static void stop() {
        server.close();
        cluster.close();
    }

    @BeforeEach
    void makeFolder() throws IOException {
        output = Files.createDirectory(folder.resolve("results"));
    }

    @Test
    void everyLineIsOneResult() throws Exception {
        String closed = "http://127.0.0.1:1/";
        Map<String, String> lines = Map.of(
                at("bytes/100?seed=1"),
                "200, 100 bytes, 1 attempts",
                at("redirect/1"),
                "200",
                at("status/404"),
                "404, 0 bytes, 1 attempts",
                at("flaky/1?key=once"),
                "200, 2 attempts",
                at("flaky/9?key=often"),
                "503, 2 attempts",
                at("bytes/1001"),
                "BodyTooLargeException",
                closed,
                "ConnectorException",
                "no URL",
                "InvalidUrlException");

        Map<String, JsonNode> results = fetch(SETTINGS, "# a comment", "", String.join("\n", lines.keySet())).stream()
                .collect(toMap(result -> result.get("url").textValue(), result -> result));

        assertEquals(lines.keySet(), results.keySet());
        lines.forEach((url, parts) -> {
            String shown = print(results.get(url));
            assertTrue(List.of(shown.split(", ")).containsAll(List.of(parts.split(", "))), url + ": " + shown);
        });
    }

    private static String print(JsonNode result) {
        JsonNode error = result.get("error");
        return error.isNull()
                ? result.get("status") + ", " + result.get("bytes") + " bytes, " + result.get("attempts") + " attempts"
                : error.get("type").textValue();
    }

    @Test
    void aResultHasTheKeysOfTheCommandAndNoPassword() throws Exception {
        String url = at("hidden-basic-auth/me/secret");

        JsonNode result = fetch(SETTINGS, url.replace("://", "://me:secret@")).get(0);

        assertEquals(
                "{\"url\":\"" + url + "\",\"finalUrl\":\"" + url
                        + "\",\"status\":200,\"reason\":\"OK\",\"httpVersion\":\"HTTP/1.1\",\"bytes\":"
                        + result.get("bytes")
                        + ",\"sha256\":" + result.get("sha256") + ",\"elapsedMs\":" + result.get("elapsedMs")
                        + ",\"attempts\":1,\"redirects\":0,\"error\":null}",
                result.toString());
        assertEquals(64, result.get("sha256").textValue().length());
    }

    @Test
    void theRateIsDividedAmongTheSlots() throws Exception {
        // One at once in each slot; the next would have its turn in a thousand seconds.
        FetchSettings slow = new FetchSettings(3, 0.001 * Cluster.SLOTS, 0, TIMEOUT, 1_000);
        server.resetCounters();

        Map<Boolean, List<JsonNode>> results = fetch(slow, urls(at("get?i="), 40)).stream()
                .collect(groupingBy(result -> result.get("error").isNull()));

        assertEquals(Cluster.SLOTS, server.requests());
        assertEquals(Cluster.SLOTS, results.get(true).size());
        results.get(false).forEach(result -> {
            JsonNode error = result.get("error");
            assertEquals("RateTimeoutException", error.get("type").textValue());
            assertTrue(
                    error.get("message").textValue().contains("RateLimit[0.001 a second (burst 1)]"), error::toString);
        });
    }

    @Test
    void eachSlotHasSoManyRequestsInFlightAndNoMore() throws Exception {
        try (HeldServer held = new HeldServer()) {
            JobID job = cluster.submit(job(SETTINGS, urls(held.url("/held/"), 100)));

            held.awaitHeld(Cluster.SLOTS * SETTINGS.concurrency());
            held.open();

            cluster.awaitSuccess(job);
            assertEquals(Cluster.SLOTS * SETTINGS.concurrency(), held.peak());
            assertEquals(100, held.counts().size());
        }
    }

    @Test
    void aJobThatIsCancelledLeavesNoThreadOfASession() throws Exception {
        try (HeldServer held = new HeldServer()) {
            JobID job = cluster.submit(job(SETTINGS, urls(held.url("/held/"), 100)));
            held.awaitHeld(Cluster.SLOTS * SETTINGS.concurrency());

            cluster.cancel(job);

            assertEquals(List.of(), threadsOfSessions());
        }
    }

    private static List<String> threadsOfSessions() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("martlet"))
                .toList();
    }

    @Test
    void filesThatAreEmptyAreRead() throws Exception {
        assertEquals(List.of(), fetch(SETTINGS));
    }

    private List<JsonNode> fetch(FetchSettings settings, String... lines) throws Exception {
        cluster.awaitSuccess(cluster.submit(job(settings, lines)));
        try (Results results = new Results(output)) {
            return results.read();
        }
    }

    private FetchJob job(FetchSettings settings, String... lines) throws IOException {
        Path input = Files.write(folder.resolve("urls.txt"), List.of(lines));
        return new FetchJob(
                List.of(new org.apache.flink.core.fs.Path(input.toUri())),
                new org.apache.flink.core.fs.Path(output.toUri()),
                settings);
    }

    private static String[] urls(String start, int count) {
        return IntStream.range(0, count).mapToObj(i -> start + i).toArray(String[]::new);
    }

    private static String at(String path) {
        return server.baseUrl() + path;
    }
}
