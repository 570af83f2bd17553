package io.martlet.samples.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of two task managers is gone in the middle of a job, when some results are committed and some requests in flight.
 * What is committed is neither lost nor repeated, and the rest is sent again.
 */
class KilledTaskManagerTest {
    private static final FetchSettings SETTINGS =
            new FetchSettings(3, Double.POSITIVE_INFINITY, 0, Duration.ofMinutes(5), 1_000);
    private static final int URLS = 6_000;
    private static final int IN_FLIGHT = Cluster.SLOTS * SETTINGS.concurrency();

    @TempDir
    Path folder;

    @Test
    void eachUrlIsCommittedOnceByAnEmbeddedCluster() throws Exception {
        try (Cluster cluster = new EmbeddedCluster(folder.resolve("checkpoints"))) {
            play(cluster);
        }
    }

    /** The task manager is killed as by {@code kill -9}, and the job's classes come out of its jar. */
    @Test
    @Timeout(300)
    void eachUrlIsCommittedOnceByAClusterOfProcesses() throws Exception {
        try (Cluster cluster = new StandaloneCluster(folder.resolve("checkpoints"))) {
            play(cluster);
        }
    }

    private void play(Cluster cluster) throws Exception {
        Path output = Files.createDirectory(folder.resolve("results"));
        try (HeldServer server = new HeldServer();
                Results results = new Results(output)) {
            List<String> urls = IntStream.range(0, URLS)
                    .mapToObj(i -> server.url("/" + i))
                    .sorted()
                    .toList();
            cluster.start(Files.write(folder.resolve("urls.txt"), urls), output, SETTINGS);

            // While all wait for their answers, nothing flows that a checkpoint could flow with.
            do {
                server.awaitHeld(IN_FLIGHT);
                server.answerHeld();
            } while (!results.seesCommit());
            List<String> inFlight = server.awaitHeld(IN_FLIGHT);
            List<String> committed = results.urls();
            cluster.killTaskManager();
            server.open();
            cluster.startTaskManager();
            cluster.awaitSuccess();

            assertEquals(urls, results.urls());
            Map<String, Integer> sent = server.counts();
            assertFalse(committed.isEmpty());
            committed.forEach(url -> assertEquals(1, sent.get(url), url));
            inFlight.forEach(url -> assertTrue(sent.get(url) > 1, url));
        }
    }
}
