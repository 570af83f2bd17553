package io.martlet.samples.fetch.download;

import io.martlet.async.AsyncSession;
import io.martlet.async.AsyncSessionBuilder;
import io.martlet.async.RequestSpec;
import io.martlet.body.JsonCodec;
import io.martlet.config.ConnectorConfig;
import io.martlet.http.Url;
import io.martlet.samples.fetch.options.ConnectionArguments;
import io.martlet.samples.fetch.options.KeptCookies;
import io.martlet.samples.fetch.options.LoginArguments;
import io.martlet.samples.fetch.values.OptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;

/** All options of {@code download}, in the groups that {@code --help} shows. */
final class DownloadArguments {
    @ArgGroup(validate = false, order = 1, heading = "%nFiles:%n")
    private FileArguments files = new FileArguments();

    @ArgGroup(validate = false, order = 2, heading = "%nLimits:%n")
    private DownloadLimitArguments limits = new DownloadLimitArguments();

    @ArgGroup(validate = false, order = 3, heading = "%nWho is asking:%n")
    private LoginArguments login = new LoginArguments();

    @ArgGroup(validate = false, order = 4, heading = "%nConnections:%n")
    private ConnectionArguments connections = new ConnectionArguments();

    private @Nullable KeptCookies keptCookies;

    /** Refuses what makes no sense, with an {@link OptionException}; {@code urls} is 0 if that is not known. */
    void check(long urls) {
        files.check(urls);
        limits.check();
        login.check();
        connections.check();
        keptCookies = login.keptCookies();
    }

    FileArguments files() {
        return files;
    }

    DownloadLimitArguments limits() {
        return limits;
    }

    @Nullable
    KeptCookies keptCookies() {
        return keptCookies;
    }

    /** Adds what the options say of a request to {@code url}. Called in the order of the URLs, by one thread at a time. */
    void describe(RequestSpec spec, Url url) {
        files.describe(spec);
        login.describe(spec, url);
    }

    /** What a session of those options is built of. */
    AsyncSessionBuilder session() {
        try {
            return described();
        } catch (IllegalArgumentException e) {
            throw OptionException.usage(String.valueOf(e.getMessage()));
        }
    }

    private AsyncSessionBuilder described() {
        AsyncSessionBuilder session = AsyncSession.builder()
                .header("User-Agent", "martlet-download/0.1")
                .jsonCodec(JsonCodec.NONE);
        ConnectorConfig.Builder connector = ConnectorConfig.builder().limit(files.connections());
        limits.describe(connector);
        limits.describe(session);
        login.describe(session);
        connections.describe(connector);
        connections.describe(session);
        if (keptCookies != null) {
            session.cookieJar(keptCookies.jar());
        }
        return session.connector(connector.build());
    }
}
