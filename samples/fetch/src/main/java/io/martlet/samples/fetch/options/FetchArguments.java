package io.martlet.samples.fetch.options;

import io.martlet.async.AsyncSession;
import io.martlet.async.AsyncSessionBuilder;
import io.martlet.async.RequestSpec;
import io.martlet.body.JsonCodec;
import io.martlet.config.ConnectorConfig;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.Url;
import io.martlet.samples.fetch.input.FetchTarget;
import io.martlet.samples.fetch.values.BodyValues;
import io.martlet.samples.fetch.values.OptionException;
import io.martlet.trace.TraceListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;

/** All options that say what is fetched and how, in the groups that {@code --help} shows. */
public final class FetchArguments {
    private static final String USER_AGENT = "martlet-fetch/0.1";

    @ArgGroup(validate = false, order = 1, heading = "%nOutput:%n")
    private OutputArguments output = new OutputArguments();

    @ArgGroup(validate = false, order = 2, heading = "%nRequests:%n")
    private RequestArguments request = new RequestArguments();

    @ArgGroup(validate = false, order = 3, heading = "%nLimits:%n")
    private FetchLimitArguments limits = new FetchLimitArguments();

    @ArgGroup(validate = false, order = 4, heading = "%nWho is asking:%n")
    private LoginArguments login = new LoginArguments();

    @ArgGroup(validate = false, order = 5, heading = "%nConnections:%n")
    private ConnectionArguments connections = new ConnectionArguments();

    private @Nullable KeptCookies keptCookies;

    /**
     * Refuses what makes no sense, with an {@link OptionException}.
     *
     * @param input the file of the URLs; null for none
     */
    public void check(@Nullable String input) {
        output.check();
        checkFiles(input);
        request.check();
        limits.check();
        login.check();
        connections.check();
        if (!connections.tells() && output.needsEvents()) {
            throw OptionException.usage("--engine cio tells nothing for --verbose and --har");
        }
        if (output.hasCheckpoint() && output.dryRun()) {
            throw OptionException.usage("--dry-run sends nothing, so there is nothing for --checkpoint");
        }
        keptCookies = login.keptCookies();
    }

    /** What is written in the place of the input, or of each other, would be lost. */
    private void checkFiles(@Nullable String input) {
        Map<String, @Nullable String> files = new LinkedHashMap<>();
        files.put("--input", input);
        files.put("--cookie-jar", login.cookieJar());
        files.putAll(output.files());
        Map<Path, String> options = new HashMap<>();
        files.forEach((option, file) -> {
            if (file == null) {
                return;
            }
            Path path = BodyValues.path(option, file).toAbsolutePath().normalize();
            // What is no regular file keeps nothing that could be lost.
            String other = Files.exists(path) && !Files.isRegularFile(path) ? null : options.put(path, option);
            if (other != null) {
                throw OptionException.usage(
                        "Give " + other + " and " + option + " a file each, not both '" + file + "'");
            }
        });
    }

    /** Whether the progress is to know whose turn it is: there is one, and the engine tells. */
    public boolean tellsTurns() {
        return connections.tells() && !output.quiet() && !output.verbose();
    }

    public OutputArguments output() {
        return output;
    }

    public RequestArguments request() {
        return request;
    }

    public ConnectionArguments connections() {
        return connections;
    }

    public FetchLimitArguments limits() {
        return limits;
    }

    @Nullable
    public KeptCookies keptCookies() {
        return keptCookies;
    }

    /** Adds what the options say of a request to {@code url}. Called in the order of the URLs, by one thread at a time. */
    public void describe(RequestSpec spec, Url url) {
        request.describe(spec);
        login.describe(spec, url);
    }

    /** Takes note of a line that is not fetched: where it is the first, its host is the one that may have the secret. */
    public void passOver(String line) {
        if (!login.awaitsFirst()) {
            return;
        }
        try {
            login.noteFirst(Url.parse(FetchTarget.parse(line).url()));
        } catch (IllegalArgumentException | InvalidUrlException e) {
            // Then it is not the first URL.
        }
    }

    /** What a session of those options is built of, its listener null for none. Refuses as {@link #check}, which is called first. */
    public AsyncSessionBuilder session(@Nullable TraceListener listener) {
        try {
            return described(listener);
        } catch (IllegalArgumentException e) {
            throw OptionException.usage(String.valueOf(e.getMessage()));
        }
    }

    private AsyncSessionBuilder described(@Nullable TraceListener listener) {
        AsyncSessionBuilder session =
                AsyncSession.builder().header("User-Agent", USER_AGENT).jsonCodec(JsonCodec.NONE);
        ConnectorConfig.Builder connector = ConnectorConfig.builder();
        limits.describe(connector);
        limits.describe(session);
        request.describe(session);
        login.describe(session);
        connections.describe(connector);
        connections.describe(session);
        if (keptCookies != null) {
            session.cookieJar(keptCookies.jar());
        }
        return session.connector(connector.traceListener(listener).build());
    }

    /** Adds what the options say of a request to {@code url}. */
    public void describe(CurlCommand curl, Url url) {
        request.describe(curl);
        limits.describe(curl);
        login.describe(curl, url);
        connections.describe(curl);
    }
}
