package io.martlet.internal.tls;

import io.martlet.config.TlsConfig;
import io.martlet.config.TlsVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Settings made ready for use: makes the engines of connections, which resume each other's sessions. Thread-safe.
 *
 * <p>A session is found again by host and port, so only between connections with the same settings.
 */
public final class TlsContext {
    private final TlsConfig config;
    private final ServerTrust trust;
    private final SSLContext context;

    /** Reads the JDK's certificates if they are trusted; takes its time. */
    TlsContext(TlsConfig config) {
        this.config = config;
        try {
            trust = new ServerTrust(config, config.insecureSkipVerification() ? null : chains(config));
            context = SSLContext.getInstance("TLS");
            KeyManager[] keys = {new ClientKeys(config.clientCertificate())};
            context.init(keys, new TrustManager[] {trust}, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JDK cannot set up " + config, e);
        }
    }

    /** The settings. */
    public TlsConfig config() {
        return config;
    }

    ServerTrust trust() {
        return trust;
    }

    /**
     * An engine for one connection.
     *
     * @param host as {@link io.martlet.http.Url#host()} says it: with brackets, perhaps with a trailing dot
     */
    SSLEngine newEngine(String host, int port) {
        String name = config.serverName() == null ? bare(host) : bare(config.serverName());
        SSLEngine engine = context.createSSLEngine(name, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(Stream.of(TlsVersion.values())
                .filter(version -> version.compareTo(config.minVersion()) >= 0)
                .map(TlsVersion::toString)
                .toArray(String[]::new));
        if (!config.cipherSuites().isEmpty()) {
            parameters.setCipherSuites(config.cipherSuites().toArray(new String[0]));
        }
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        name(parameters, name);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Has the name sent (RFC 6066 §3: never an address) and checked. */
    private void name(SSLParameters parameters, String name) {
        SNIServerName sni = null;
        boolean known = true;
        if (!isAddress(name)) {
            try {
                sni = new SNIHostName(name);
            } catch (IllegalArgumentException e) {
                // The JDK wants letters, digits and hyphens. Hosts with "_" exist; their names it can neither send nor
                // check itself: ServerTrust does the latter.
                sni = new AnyHostName(name);
                known = false;
            }
        }
        parameters.setServerNames(sni == null ? List.of() : List.of(sni));
        if (known && !config.insecureSkipVerification()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
    }

    /** Whether a host, without brackets, is an IPv4 or IPv6 address. */
    static boolean isAddress(String host) {
        // A name whose last label is a number cannot be: Url refuses it unless it is an address.
        return host.indexOf(':') >= 0
                || !host.isEmpty()
                        && Character.isDigit(host.charAt(host.length() - 1))
                        && host.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
    }

    private static String bare(String host) {
        if (host.startsWith("[")) {
            return host.substring(1, host.length() - 1);
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static X509ExtendedTrustManager chains(TlsConfig config) throws GeneralSecurityException, IOException {
        if (config.trusted().isEmpty()) {
            return pkix(null);
        }
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        add(anchors, "given", config.trusted().certificates());
        if (config.trustsDefaults()) {
            add(anchors, "default", List.of(pkix(null).getAcceptedIssuers()));
        }
        return pkix(anchors);
    }

    private static void add(KeyStore anchors, String prefix, Collection<X509Certificate> certificates)
            throws GeneralSecurityException {
        int number = 0;
        for (X509Certificate certificate : certificates) {
            anchors.setCertificateEntry(prefix + ++number, certificate);
        }
    }

    /** @param anchors null for the JDK's own */
    private static X509ExtendedTrustManager pkix(@Nullable KeyStore anchors) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    /** A name for SNI that {@link SNIHostName} does not take. */
    private static final class AnyHostName extends SNIServerName {
        AnyHostName(String name) {
            super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
