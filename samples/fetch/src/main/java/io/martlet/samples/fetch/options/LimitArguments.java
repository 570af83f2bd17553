package io.martlet.samples.fetch.options;

import io.martlet.async.AsyncSessionBuilder;
import io.martlet.config.ClientTimeout;
import io.martlet.config.ConnectorConfig;
import io.martlet.download.DownloadOptions;
import io.martlet.samples.fetch.values.ByteCount;
import io.martlet.samples.fetch.values.OptionException;
import io.martlet.samples.fetch.values.Rate;
import io.martlet.samples.fetch.values.RetryCauses;
import io.martlet.samples.fetch.values.Seconds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that bound a run of any kind: how often, how long, how many bytes. */
public class LimitArguments {
    public static final int MAX_CONCURRENCY = 10_000;
    private static final int MAX_RETRIES = 1_000;

    @Option(
            names = "--limit-per-host",
            paramLabel = "N",
            description = "Most requests at once to one host, its port included. Default: no limit")
    private @Nullable Integer perHost;

    @Option(
            names = "--rate",
            paramLabel = "N[/UNIT]",
            description = "Most requests in a time, redirects and retries included: 50 a second, 100/m, 1000/h."
                    + " Default: any number")
    private @Nullable String rate;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Try what failed up to N times more, after growing waits, where that is harmless: GET, HEAD,"
                    + " PUT, DELETE, not POST. Default: 0, for downloads 3")
    private @Nullable Integer retries;

    @Option(
            names = "--retry-on",
            paramLabel = "WHAT,...",
            description =
                    "What is tried again: statuses, connect, disconnect, timeout, truncated. Default: all of these,"
                            + " and 408,425,429,500,502,503,504")
    private @Nullable String retryOn;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Limit for each request as a whole, redirects, retries and body included. Default: 300, for"
                    + " downloads none; 0 for none")
    private @Nullable Duration total;

    @Option(
            names = "--connect-timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Limit for opening a connection. Default: 30; 0 for none")
    private @Nullable Duration connect;

    @Option(
            names = "--read-timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Limit for each silence of the server. Default: none, for downloads 60")
    private @Nullable Duration read;

    @Option(
            names = "--queue-timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Limit for waiting until --limit-per-host lets a request go. Default: none")
    private @Nullable Duration queue;

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            description = "Longest body that is taken, decompressed, as 500K, 10M or 2G; a longer one is a failure."
                    + " Default: any length")
    private @Nullable String maxBody;

    @Option(names = "--fail-fast", description = "Stop at the first request that does not succeed")
    private boolean failFast;

    private long maxBodyBytes = Long.MAX_VALUE;

    /** Refuses what makes no sense. */
    public void check() {
        if (perHost != null) {
            checkRange("--limit-per-host", perHost, 1, MAX_CONCURRENCY);
        }
        checkRange("--retries", retries(), 0, MAX_RETRIES);
        if (retryOn != null && retries() == 0) {
            throw OptionException.usage("--retry-on says what is tried again; --retries has to say how often");
        }
        if (maxBody != null) {
            maxBodyBytes = ByteCount.parse("--max-body", maxBody);
        }
    }

    public static void checkRange(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw OptionException.of(option, "must be " + min + " to " + max + " but was " + value);
        }
    }

    private int retries() {
        return retries == null ? usualRetries() : retries;
    }

    /** How often what failed is tried again if nobody says so. */
    public int usualRetries() {
        return 0;
    }

    /** The limits of time if nobody says so. */
    public ClientTimeout usualTimeout() {
        return ClientTimeout.DEFAULT;
    }

    public boolean failFast() {
        return failFast;
    }

    /** The most bytes of a body; {@link Long#MAX_VALUE} for any number. */
    public long maxBody() {
        return maxBodyBytes;
    }

    public void describe(ConnectorConfig.Builder connector) {
        if (perHost != null) {
            connector.limitPerHost(perHost);
        }
    }

    public void describe(DownloadOptions.Builder download) {
        if (maxBodyBytes == 0) {
            download.size(0);
        } else if (maxBodyBytes < Long.MAX_VALUE) {
            download.maxBytes(maxBodyBytes);
        }
    }

    public void describe(AsyncSessionBuilder session) {
        session.timeout(timeout());
        if (rate != null) {
            session.rateLimit(Rate.parse("--rate", rate));
        }
        if (retries() > 0) {
            session.retry(RetryCauses.policy(retries(), "--retry-on", retryOn));
        }
    }

    private ClientTimeout timeout() {
        ClientTimeout.Builder limits = usualTimeout().toBuilder();
        if (total != null) {
            limits.total(total);
        }
        if (connect != null) {
            limits.socketConnect(connect);
        }
        if (read != null) {
            limits.socketRead(read);
        }
        if (queue != null) {
            limits.queue(queue);
        }
        return limits.build();
    }

    /** Adds the limits that curl has too. */
    public void describe(CurlCommand curl) {
        ClientTimeout limits = timeout();
        curl.addSeconds("--max-time", limits.total()).addSeconds("--connect-timeout", limits.socketConnect());
        if (retries() > 0) {
            curl.add("--retry", retries());
        }
        if (maxBody != null) {
            curl.add("--max-filesize", maxBodyBytes);
        }
    }
}
