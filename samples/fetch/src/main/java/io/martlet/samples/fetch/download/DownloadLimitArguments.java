package io.martlet.samples.fetch.download;

import io.martlet.config.ClientTimeout;
import io.martlet.samples.fetch.options.LimitArguments;
import java.time.Duration;

/** The options that bound a run of {@code download}: files may take as long as they like, as long as something comes. */
final class DownloadLimitArguments extends LimitArguments {
    private static final int RETRIES = 3;
    private static final Duration SILENCE = Duration.ofSeconds(60);

    @Override
    public int usualRetries() {
        return RETRIES;
    }

    @Override
    public ClientTimeout usualTimeout() {
        return ClientTimeout.builder().total(Duration.ZERO).socketRead(SILENCE).build();
    }
}
