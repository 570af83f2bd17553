package io.martlet.samples.fetch;

import io.martlet.async.AsyncSessionBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who is asking. */
final class LoginArguments {
    @Option(
            names = "--cookie-jar",
            paramLabel = "FILE",
            description = "Keep cookies from one run to the next in FILE, in Netscape's format as curl does")
    private @Nullable String cookieJar;

    /** The cookies of the file, or null where they need not be kept. */
    @Nullable
    KeptCookies keptCookies() {
        return cookieJar == null ? null : KeptCookies.load("--cookie-jar", BodyValues.path("--cookie-jar", cookieJar));
    }

    void describe(AsyncSessionBuilder session) {}
}
