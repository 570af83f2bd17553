package io.martlet.samples.fetch.download;

import io.martlet.async.AsyncSession;
import io.martlet.async.Errors;
import io.martlet.download.DownloadOptions;
import io.martlet.download.DownloadedFile;
import io.martlet.error.ClientException;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.ClientRequest;
import io.martlet.http.Method;
import io.martlet.http.Url;
import io.martlet.samples.fetch.download.Checksums.Digest;
import io.martlet.samples.fetch.download.DownloadResult.What;
import io.martlet.samples.fetch.input.InputLine;
import io.martlet.samples.fetch.text.Secrets;
import io.martlet.samples.fetch.trace.FetchResult.Failure;
import io.martlet.samples.fetch.values.OptionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Downloads one URL after the other into files of a folder. Whatever goes wrong is a result. */
final class Downloader {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final AsyncSession session;
    private final DownloadArguments arguments;
    private final FileArguments files;
    private final Path directory;
    private final FileMeter meter;
    private final FileNames names = new FileNames();

    // Used by the thread that starts downloads only.
    private final Set<String> begun = new HashSet<>();

    /** Completes when all before have their names: these are given in the order of the URLs, the same in each run. */
    private CompletableFuture<@Nullable Void> turn = CompletableFuture.completedFuture(null);

    Downloader(AsyncSession session, DownloadArguments arguments, Path directory, FileMeter meter) {
        this.session = session;
        this.arguments = arguments;
        this.files = arguments.files();
        this.directory = directory;
        this.meter = meter;
    }

    /** Downloads what a line of the input names. Called in their order, by one thread at a time. */
    CompletionStage<DownloadResult> download(InputLine line) {
        return start(line)
                .whenComplete((result, error) -> meter.end(line.index(), error == null && result.isSuccess()));
    }

    private CompletionStage<DownloadResult> start(InputLine line) {
        Url url;
        try {
            url = Url.parse(line.text());
        } catch (InvalidUrlException e) {
            // Without an at sign there can be no password in it; otherwise the exception knows what to leave out.
            String harmless = line.text().indexOf('@') < 0 ? line.text() : e.url();
            return CompletableFuture.completedFuture(new Job(line.index(), harmless).failed(e));
        }
        Job job = new Job(line.index(), url.username() == null ? line.text() : url.toString());
        if (!begun.add(url.withoutFragment().href())) {
            return CompletableFuture.completedFuture(job.result(What.REPEATED, null, 0));
        }
        ClientRequest request;
        try {
            request = request(Method.GET, url);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(job.failed(e));
        }
        return named(url).thenCompose(name -> into(name, request, job)).exceptionally(job::failed);
    }

    private ClientRequest request(Method method, Url url) {
        return session.newRequest(method, url, spec -> arguments.describe(spec, url));
    }

    /** The name of the file, when its turn has come. */
    private CompletableFuture<Name> named(Url url) {
        CompletableFuture<String> wanted =
                files.asksForNames() ? asked(url) : CompletableFuture.completedFuture(FileNames.of(url));
        CompletableFuture<Name> named =
                wanted.thenCombine(turn, (name, before) -> new Name(name, names.give(name, url)));
        turn = named.handle((name, error) -> null);
        return named;
    }

    /** A server that does not answer HEAD has no name to give. */
    private CompletableFuture<String> asked(Url url) {
        return session.send(request(Method.HEAD, url))
                .thenApply(response ->
                        response.contentDisposition().map(FileNames::of).orElseGet(() -> FileNames.of(url)))
                .exceptionally(error -> FileNames.of(url));
    }

    private CompletionStage<DownloadResult> into(Name name, ClientRequest request, Job job) {
        Path file = directory.resolve(name.given);
        Digest digest = files.digest(name.wanted);
        if (files.isVerified() && digest == null) {
            return CompletableFuture.failedFuture(
                    new IOException("--checksums has no digest of '" + name.wanted + "', or more than one"));
        }
        if (!files.force() && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return CompletableFuture.supplyAsync(() -> kept(file, digest, job));
        }
        DownloadOptions.Builder options = DownloadOptions.builder().progress(meter.begin(job.index, name.given));
        files.describe(options);
        arguments.limits().describe(options);
        if (digest != null) {
            options.digest(digest.algorithm(), digest.hex());
        }
        return session.download(request, file, options.build()).thenApply(saved -> job.saved(file, saved));
    }

    /** A file has its name when it is whole: then there is nothing to ask for. */
    private static DownloadResult kept(Path file, @Nullable Digest digest, Job job) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + " is there, and is no file");
            }
            if (digest != null && !hex(file, digest.algorithm()).equals(digest.hex())) {
                throw new IOException(
                        file + " is there with another " + digest.algorithm() + "; --force would replace it");
            }
            return job.result(What.KEPT, file, Files.size(file));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static String hex(Path file, String algorithm) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] some = new byte[BUFFER_BYTES];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                digest.update(some, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("there is no " + algorithm + " here", e);
        }
    }

    /** The name that a file should have, and the one that it gets. */
    private record Name(String wanted, String given) {}

    /** One URL under way. */
    private static final class Job {
        final long index;
        private final String url;
        private final long start = System.nanoTime();

        Job(long index, String url) {
            this.index = index;
            this.url = Secrets.url(url);
        }

        DownloadResult saved(Path file, DownloadedFile saved) {
            return result(saved.resumedFrom() > 0 ? What.RESUMED : What.SAVED, file, saved.bytes());
        }

        DownloadResult result(What what, @Nullable Path file, long bytes) {
            return new DownloadResult(index, url, what, file, bytes, System.nanoTime() - start, null);
        }

        DownloadResult failed(Throwable wrapped) {
            Throwable error = Errors.unwrap(wrapped);
            String type = error.getClass().getSimpleName();
            String phase = error instanceof ClientException failure && failure.phase() != null
                    ? String.valueOf(failure.phase())
                    : null;
            String message = error.getMessage() == null ? type : error.getMessage();
            if (error instanceof FileSystemException failure) {
                message = failure.getFile() + ": " + OptionException.reason(failure);
            }
            Failure why = new Failure(type, phase, message);
            return new DownloadResult(index, url, What.FAILED, null, 0, System.nanoTime() - start, why);
        }
    }
}
