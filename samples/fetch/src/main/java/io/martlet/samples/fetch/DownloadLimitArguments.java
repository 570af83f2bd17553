package io.martlet.samples.fetch;

import io.martlet.config.ClientTimeout;
import java.time.Duration;

/** The options that bound a run of {@code download}: files may take as long as they like, as long as something comes. */
final class DownloadLimitArguments extends LimitArguments {
    private static final int RETRIES = 3;
    private static final Duration SILENCE = Duration.ofSeconds(60);

    @Override
    int usualRetries() {
        return RETRIES;
    }

    @Override
    ClientTimeout usualTimeout() {
        return ClientTimeout.builder().total(Duration.ZERO).socketRead(SILENCE).build();
    }
}
