package io.martlet.samples.fetch.download;

import io.martlet.async.RequestSpec;
import io.martlet.download.DownloadOptions;
import io.martlet.samples.fetch.options.LimitArguments;
import io.martlet.samples.fetch.values.BodyValues;
import io.martlet.samples.fetch.values.HeaderLine;
import io.martlet.samples.fetch.values.OptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which files are downloaded, where to, and what they must be. */
final class FileArguments {
    private static final int MAX_SEGMENTS = 64;
    private static final int SHA256_DIGITS = 64;

    @Option(
            names = {"-o", "--dir"},
            paramLabel = "DIR",
            description = "Folder for the files. Default: the one in which the command is given")
    private String dir = ".";

    @Option(
            names = {"-j", "--parallel"},
            paramLabel = "N",
            description = "Most files at once. Default: 4")
    private int parallel = 4;

    @Option(
            names = "--segments",
            paramLabel = "N",
            description = "In how many parts a long file is fetched at once, at most. Default: 1")
    private int segments = 1;

    @Option(
            names = {"-J", "--content-disposition"},
            description = "Ask for the name of each file by HEAD first, and take the one that the server gives")
    private boolean asksForNames;

    @Option(
            names = "--force",
            description = "Fetch files that are there already, and replace them when the new ones are whole")
    private boolean force;

    @Option(names = "--sha256", paramLabel = "HEX", description = "Digest that the one file must have")
    private @Nullable String sha256;

    @Option(
            names = "--checksums",
            paramLabel = "FILE",
            description =
                    "Digests that the files must have, as sha256sum writes them; one that is not listed is a failure")
    private @Nullable String checksumFile;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "Header field to send; may be given repeatedly")
    private List<String> headerLines = List.of();

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress")
    private boolean quiet;

    private List<HeaderLine> headers = List.of();
    private @Nullable Checksums checksums;

    /** Refuses what makes no sense, and reads the rest; {@code urls} is how many there are, 0 if that is not known. */
    void check(long urls) {
        LimitArguments.checkRange("--parallel", parallel, 1, LimitArguments.MAX_CONCURRENCY);
        LimitArguments.checkRange("--segments", segments, 1, MAX_SEGMENTS);
        if (sha256 != null && (urls != 1 || checksumFile != null)) {
            throw OptionException.usage("--sha256 is for one URL; --checksums has the digests of many");
        }
        if (sha256 != null && !sha256.matches("\\p{XDigit}{" + SHA256_DIGITS + "}")) {
            throw OptionException.of("--sha256", "must be " + SHA256_DIGITS + " hexadecimal digits");
        }
        headers = headerLines.stream().map(HeaderLine::parse).toList();
        checksums = checksumFile == null ? null : Checksums.read("--checksums", checksumFile);
    }

    Path directory() {
        try {
            return Files.createDirectories(BodyValues.path("--dir", dir));
        } catch (IOException e) {
            throw OptionException.of("--dir", "cannot create '" + dir + "'", e);
        }
    }

    int parallel() {
        return parallel;
    }

    /** Most connections at once. */
    int connections() {
        return parallel * segments;
    }

    boolean asksForNames() {
        return asksForNames;
    }

    boolean force() {
        return force;
    }

    boolean quiet() {
        return quiet;
    }

    /** Whether every file must have a digest. */
    boolean isVerified() {
        return sha256 != null || checksums != null;
    }

    /** The digest that a file must have; null for none, or none that is known. */
    Checksums.@Nullable Digest digest(String name) {
        if (sha256 != null) {
            return new Checksums.Digest("SHA-256", sha256.toLowerCase(Locale.ROOT));
        }
        return checksums == null ? null : checksums.of(name);
    }

    void describe(RequestSpec request) {
        HeaderLine.describe(headers, request);
    }

    void describe(DownloadOptions.Builder download) {
        download.segments(segments).overwrite(force);
    }
}
