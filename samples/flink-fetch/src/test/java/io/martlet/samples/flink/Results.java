package io.martlet.samples.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder of results. What is not committed is in hidden files. */
final class Results implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final WatchService watch;

    Results(Path folder) throws IOException {
        this.folder = folder;
        watch = FileSystems.getDefault().newWatchService();
        folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
    }

    /** Waits until something changes, for a moment at most, and says whether it was a commit. */
    boolean seesCommit() throws InterruptedException {
        WatchKey changes = watch.poll(50, TimeUnit.MILLISECONDS);
        if (changes == null) {
            return false;
        }
        boolean isCommit = changes.pollEvents().stream().anyMatch(change -> isCommitted((Path) change.context()));
        changes.reset();
        return isCommit;
    }

    /** What is committed by now, in no order. */
    List<JsonNode> read() throws IOException {
        List<JsonNode> results = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Results::isCommitted).toList()) {
                for (String line : Files.readAllLines(file)) {
                    results.add(JSON.readTree(line));
                }
            }
        }
        return results;
    }

    /** The URLs of what is committed by now, sorted. */
    List<String> urls() throws IOException {
        return read().stream()
                .map(result -> result.get("url").textValue())
                .sorted()
                .toList();
    }

    private static boolean isCommitted(Path file) {
        return !file.getFileName().toString().startsWith(".");
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }
}
