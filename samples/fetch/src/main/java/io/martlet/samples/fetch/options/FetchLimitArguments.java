package io.martlet.samples.fetch.options;

import io.martlet.config.ConnectorConfig;
import picocli.CommandLine.Option;

/** The options that bound a run of {@code fetch}. */
public final class FetchLimitArguments extends LimitArguments {
    @Option(
            names = {"-c", "--concurrency"},
            paramLabel = "N",
            order = -2,
            description = "Most requests at once. Default: 10")
    private int concurrency = 10;

    @Override
    public void check() {
        checkRange("--concurrency", concurrency, 1, MAX_CONCURRENCY);
        super.check();
    }

    public int concurrency() {
        return concurrency;
    }

    @Override
    public void describe(ConnectorConfig.Builder connector) {
        connector.limit(concurrency);
        super.describe(connector);
    }
}
