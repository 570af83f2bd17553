package io.martlet.samples.fetch.options;

import io.martlet.async.AsyncSessionBuilder;
import io.martlet.async.Engines;
import io.martlet.config.ConnectorConfig;
import io.martlet.samples.fetch.values.AddressOverrides;
import io.martlet.samples.fetch.values.OptionException;
import io.martlet.samples.fetch.values.TlsValues;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how servers are found, reached and trusted. */
public final class ConnectionArguments {
    private static final String WIRE = "wire";
    private static final String CIO = "cio";

    @Option(
            names = "--resolve",
            paramLabel = "HOST:PORT:ADDRESS",
            description =
                    "Reach HOST at PORT under ADDRESS, and under no other; * for any port. May be given repeatedly")
    private List<String> resolve = List.of();

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description = "Trust the certificates of FILE (PEM) instead of the JDK's")
    private @Nullable String cacert;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "Certificate to show to servers that ask for one, with its chain (PEM)")
    private @Nullable String cert;

    @Option(names = "--key", paramLabel = "FILE", description = "Key of --cert (PEM). Default: in the same file")
    private @Nullable String key;

    @Option(
            names = {"-k", "--insecure"},
            description = "Trust every certificate: whoever is on the way can read and change everything")
    private boolean insecure;

    @Option(
            names = "--tls-min",
            paramLabel = "VERSION",
            description = "Oldest version of TLS, 1.2 or 1.3. Default: 1.2")
    private @Nullable String tlsMin;

    @Option(
            names = "--pin",
            paramLabel = "PIN",
            description =
                    "The server's certificate must be this one: sha256/BASE64 of its public key, or the SHA-256 of"
                            + " the whole in hexadecimal. May be given repeatedly, one has to fit")
    private List<String> pins = List.of();

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "wire, Martlet's own, or cio, Ktor's, which knows none of the options above. Default: wire")
    private String engine = WIRE;

    /** Refuses what does not go together. */
    public void check() {
        if (!engine.equals(WIRE) && !engine.equals(CIO)) {
            throw OptionException.of("--engine", "must be wire or cio but was '" + engine + "'");
        }
        if (key != null && cert == null) {
            throw OptionException.usage("--key needs --cert");
        }
        if (insecure && cacert != null) {
            throw OptionException.usage("Give --cacert or --insecure, not both");
        }
        if (engine.equals(CIO) && (!resolve.isEmpty() || hasTls())) {
            throw OptionException.usage("--engine cio knows neither --resolve nor the options for TLS");
        }
    }

    /** Whether the engine tells what happens to its requests. */
    public boolean tells() {
        return engine.equals(WIRE);
    }

    private boolean hasTls() {
        return Stream.of(cacert, cert, tlsMin).anyMatch(given -> given != null) || insecure || !pins.isEmpty();
    }

    public void describe(ConnectorConfig.Builder connector) {
        if (!resolve.isEmpty()) {
            AddressOverrides.parse("--resolve", resolve).describe(connector);
        }
        if (hasTls()) {
            connector.tls(new TlsValues(cacert, cert, key, insecure, tlsMin, pins).config());
        }
    }

    public void describe(AsyncSessionBuilder session) {
        if (engine.equals(CIO)) {
            Libraries.need(Libraries.KTOR);
            session.engine(Engines.cio());
        }
    }

    public void describe(CurlCommand curl) {
        resolve.forEach(entry -> curl.add("--resolve", entry));
        curl.add("--cacert", cacert).add("--cert", cert).add("--key", key);
        if (insecure) {
            curl.add("--insecure");
        }
        if (tlsMin != null) {
            curl.add("--tlsv" + tlsMin);
        }
        String keys = pins.stream()
                .filter(pin -> pin.startsWith("sha256/"))
                .map(pin -> pin.replaceFirst("^sha256/+", "sha256//"))
                .collect(Collectors.joining(";"));
        curl.add("--pinnedpubkey", keys.isEmpty() ? null : keys);
    }
}
