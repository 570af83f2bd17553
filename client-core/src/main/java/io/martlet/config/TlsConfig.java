package io.martlet.config;

import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.Url;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How TLS connections are made: which servers are believed, who this client is, what is offered.
 *
 * <p>A server is believed if its chain leads to a trusted certificate, all of it is valid today, and its certificate
 * names the host as RFC 9525 wants it: in its subject alternative names, where a common name does not count; an address
 * as an address, never by reverse DNS. Pins come on top. All of this is decided before a byte of the request is sent.
 *
 * <p>A value: two configurations with the same settings are equal and share connections and TLS sessions; others never
 * do. Neither {@code toString} nor any message holds a key or password.
 *
 * @param trusted           certificates that are trusted, beside or instead of the JDK's. Default: none
 * @param trustsDefaults    whether the JDK's CAs (its {@code cacerts}, or {@code javax.net.ssl.trustStore}) are trusted.
 *     Default: true
 * @param clientCertificate who this client is, for servers that ask; null: it does not say. It is sent whichever CAs
 *     the server says it knows. Default: null
 * @param insecureSkipVerification whether chain, validity and host name of a server go unchecked: anyone on the way can
 *     then read and change everything. {@code pins} are still checked. Default: false
 * @param pins              of which the server's own certificate must match one, besides all other checks; empty: none
 *     needed. With {@code insecureSkipVerification} a pin is the only check, which is what aiohttp's
 *     {@code Fingerprint} means. Default: empty
 * @param minVersion        the oldest version that is spoken. Default: TLS 1.2
 * @param cipherSuites      the suites that are offered, best first, of all versions together, by the names of
 *     {@link javax.net.ssl.SSLParameters#getCipherSuites()}; empty: the JDK's choice. Default: empty
 * @param serverName        the name that is sent as SNI and that the certificate must bear, where it is not the host of
 *     the URL; null: that host. Default: null
 */
public record TlsConfig(
        TrustedCertificates trusted,
        boolean trustsDefaults,
        @Nullable ClientCertificate clientCertificate,
        boolean insecureSkipVerification,
        Set<CertificatePin> pins,
        TlsVersion minVersion,
        List<String> cipherSuites,
        @Nullable String serverName) {

    /** The JDK's CAs, full verification, TLS 1.3 and 1.2. */
    public static final TlsConfig DEFAULT =
            new TlsConfig(TrustedCertificates.NONE, true, null, false, Set.of(), TlsVersion.TLS_1_2, List.of(), null);

    /**
     * The settings as given. Prefer {@link #toBuilder}: further settings will be added to this record.
     *
     * @param trusted           certificates that are trusted, beside or instead of the JDK's
     * @param trustsDefaults    whether the JDK's CAs are trusted
     * @param clientCertificate who this client is, for servers that ask; null: it does not say
     * @param insecureSkipVerification whether chain, validity and host name of a server go unchecked
     * @param pins              of which the server's own certificate must match one; empty: none needed; copied
     * @param minVersion        the oldest version that is spoken
     * @param cipherSuites      the suites that are offered, best first; empty: the JDK's choice; copied
     * @param serverName        the name that is sent as SNI and that the certificate must bear; null: the host of the URL
     * @throws IllegalArgumentException if nobody is trusted, a cipher suite is unknown, offers no security or none fits
     *     {@code minVersion}, or {@code serverName} is no host
     */
    public TlsConfig {
        if (!trustsDefaults && trusted.isEmpty() && !insecureSkipVerification) {
            throw new IllegalArgumentException("tls trusts nobody: trustsDefaults is off and no certificate is given");
        }
        pins = Set.copyOf(pins);
        cipherSuites = List.copyOf(cipherSuites);
        CipherSuites.check(cipherSuites, minVersion);
        serverName = serverName == null ? null : host(serverName);
    }

    /** {@return a builder that starts with the defaults} */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** {@return a builder that starts with these settings} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The settings that are not the default, and whether servers are verified; no key. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("TlsConfig[verification=");
        text.append(insecureSkipVerification ? "OFF" : "on");
        text.append(", trusted=").append(trustsDefaults ? "defaults" : "");
        text.append(trustsDefaults && !trusted.isEmpty() ? " + " : "");
        text.append(trustsDefaults && trusted.isEmpty() ? "" : trusted);
        text.append(", minVersion=").append(minVersion);
        append(text, "clientCertificate", clientCertificate);
        append(text, "pins", pins.isEmpty() ? null : pins);
        append(text, "cipherSuites", cipherSuites.isEmpty() ? null : cipherSuites);
        append(text, "serverName", serverName);
        return text.append(']').toString();
    }

    private static void append(StringBuilder text, String name, @Nullable Object value) {
        if (value != null) {
            text.append(", ").append(name).append('=').append(value);
        }
    }

    private static String host(String name) {
        boolean bareIpv6 = name.indexOf(':') >= 0 && !name.startsWith("[");
        try {
            Url url = Url.parse("https://" + (bareIpv6 ? "[" + name + "]" : name));
            // Line ends and tabs are dropped from URLs; all else that is no host would have become another part of it.
            boolean alone = name.chars().allMatch(c -> c > ' ' && c != '*')
                    && url.href().equals("https://" + url.host() + "/");
            if (alone) {
                return url.host().endsWith(".")
                        ? url.host().substring(0, url.host().length() - 1)
                        : url.host();
            }
        } catch (InvalidUrlException e) {
            throw new IllegalArgumentException("tls serverName is no host: \"" + name + "\": " + e.reason(), e);
        }
        throw new IllegalArgumentException("tls serverName is no host: \"" + name + "\"");
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {
        private TrustedCertificates trusted;
        private boolean trustsDefaults;
        private @Nullable ClientCertificate clientCertificate;
        private boolean insecureSkipVerification;
        private final Set<CertificatePin> pins;
        private TlsVersion minVersion;
        private List<String> cipherSuites;
        private @Nullable String serverName;

        private Builder(TlsConfig start) {
            trusted = start.trusted;
            trustsDefaults = start.trustsDefaults;
            clientCertificate = start.clientCertificate;
            insecureSkipVerification = start.insecureSkipVerification;
            pins = new LinkedHashSet<>(start.pins);
            minVersion = start.minVersion;
            cipherSuites = start.cipherSuites;
            serverName = start.serverName;
        }

        /**
         * Adds to {@link TlsConfig#trusted}.
         *
         * @param certificates trusted besides those that already are
         * @return this builder
         */
        public Builder trust(TrustedCertificates certificates) {
            trusted = trusted.plus(certificates);
            return this;
        }

        /**
         * See {@link TlsConfig#trustsDefaults}.
         *
         * @param trust whether the JDK's CAs are trusted; false trusts only what {@link #trust} names
         * @return this builder
         */
        public Builder trustsDefaults(boolean trust) {
            trustsDefaults = trust;
            return this;
        }

        /**
         * See {@link TlsConfig#clientCertificate}.
         *
         * @param certificate who this client is, for servers that ask; null: it does not say
         * @return this builder
         */
        public Builder clientCertificate(@Nullable ClientCertificate certificate) {
            clientCertificate = certificate;
            return this;
        }

        /**
         * See {@link TlsConfig#insecureSkipVerification}: for tests and emergencies only.
         *
         * @param skip true to leave chain, validity and host name of a server unchecked
         * @return this builder
         */
        public Builder insecureSkipVerification(boolean skip) {
            insecureSkipVerification = skip;
            return this;
        }

        /**
         * Adds to {@link TlsConfig#pins}.
         *
         * @param alternatives one of which, or of the pins so far, the server's own certificate must match
         * @return this builder
         */
        public Builder pin(CertificatePin... alternatives) {
            pins.addAll(Arrays.asList(alternatives));
            return this;
        }

        /**
         * See {@link TlsConfig#minVersion}.
         *
         * @param oldest the oldest version that is spoken
         * @return this builder
         */
        public Builder minVersion(TlsVersion oldest) {
            minVersion = oldest;
            return this;
        }

        /**
         * See {@link TlsConfig#cipherSuites}.
         *
         * @param names the suites that are offered, best first; empty: the JDK's choice
         * @return this builder
         */
        public Builder cipherSuites(List<String> names) {
            cipherSuites = names;
            return this;
        }

        /**
         * See {@link TlsConfig#serverName}.
         *
         * @param name sent as SNI, and what the certificate must bear; null: the host of the URL
         * @return this builder
         */
        public Builder serverName(@Nullable String name) {
            serverName = name;
            return this;
        }

        /**
         * {@return the settings collected}
         *
         * @throws IllegalArgumentException as the constructor says
         */
        public TlsConfig build() {
            return new TlsConfig(
                    trusted,
                    trustsDefaults,
                    clientCertificate,
                    insecureSkipVerification,
                    pins,
                    minVersion,
                    cipherSuites,
                    serverName);
        }
    }
}
