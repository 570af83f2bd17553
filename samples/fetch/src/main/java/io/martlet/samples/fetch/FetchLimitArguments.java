package io.martlet.samples.fetch;

import io.martlet.config.ConnectorConfig;
import picocli.CommandLine.Option;

/** The options that bound a run of {@code fetch}. */
final class FetchLimitArguments extends LimitArguments {
    @Option(
            names = {"-c", "--concurrency"},
            paramLabel = "N",
            order = -2,
            description = "Most requests at once. Default: 10")
    private int concurrency = 10;

    @Override
    void check() {
        checkRange("--concurrency", concurrency, 1, MAX_CONCURRENCY);
        super.check();
    }

    int concurrency() {
        return concurrency;
    }

    @Override
    void describe(ConnectorConfig.Builder connector) {
        connector.limit(concurrency);
        super.describe(connector);
    }
}
