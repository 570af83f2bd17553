package io.martlet.samples.app;

import io.martlet.Checkpoint;
import io.martlet.GatherOptions;
import io.martlet.GatherProgress;
import io.martlet.async.AsyncSession;
import io.martlet.download.DownloadOptions;
import io.martlet.download.DownloadedFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Long runs that can be killed and continued: many requests with a checkpoint, a file from what is already there. */
final class LongRuns implements Chapter {
    private final AtomicReference<GatherProgress> progress = new AtomicReference<>();

    @Override
    public void tell(String url, PrintStream out) throws IOException {
        Path folder = Files.createTempDirectory("long-runs");
        Path done = folder.resolve("posts.done");
        Path file = folder.resolve("range.bin");
        List<String> posts =
                IntStream.rangeClosed(1, 30).mapToObj(id -> "posts/" + id).toList();
        try (AsyncSession session = AsyncSession.builder().baseUrl(url).build()) {
            out.println("first run: " + fetch(session, posts.subList(0, 20), done));
            out.println("second run: " + fetch(session, posts, done));
            out.println("third run: " + fetch(session, posts, done));
            out.println(download(session, file));
        } finally {
            Files.deleteIfExists(done);
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    /** Fetches what no earlier run has fetched. */
    private String fetch(AsyncSession session, List<String> paths, Path done) throws IOException {
        GatherOptions.Builder<String> options = GatherOptions.builder();
        options.concurrency(10).perHost(5).progress(progress::set);
        try (Checkpoint checkpoint = Checkpoint.open(done)) {
            session.gather(
                            checkpoint.remaining(paths),
                            options.build(),
                            path -> session.get(path).thenApply(response -> checkpoint.add(path)))
                    .join();
            return progress.get().ended() + " fetched, " + checkpoint.size() + " done";
        }
    }

    private static String download(AsyncSession session, Path path) {
        DownloadOptions.Builder options = DownloadOptions.builder();
        DownloadedFile file = session.download(
                        "range/50000", path, options.size(50_000).segments(2).build())
                .join();
        return file.bytes() + " bytes, " + file.resumedFrom() + " of them by an earlier call";
    }
}
