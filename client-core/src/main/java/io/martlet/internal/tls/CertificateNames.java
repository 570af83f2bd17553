package io.martlet.internal.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The hosts that a certificate is for: its subject alternative names (RFC 9525 §6). A common name is none of them.
 *
 * <p>The JDK's own check is more generous: it takes the common name where there is no DNS name, lets a wildcard stand
 * for part of a label and for everything below a top-level domain of a private CA.
 */
final class CertificateNames {
    private static final int DNS = 2;
    private static final int IP = 7;
    private static final int SHOWN = 10;

    private final List<String> dns = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();

    private CertificateNames() {}

    /** The names in {@code certificate}; none if they cannot be read. */
    static CertificateNames of(X509Certificate certificate) {
        CertificateNames names = new CertificateNames();
        Collection<List<?>> all;
        try {
            all = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return names;
        }
        for (List<?> name : all == null ? List.<List<?>>of() : all) {
            if (name.get(0).equals(DNS)) {
                names.dns.add((String) name.get(1));
            } else if (name.get(0).equals(IP)) {
                names.addresses.add((String) name.get(1));
            }
        }
        return names;
    }

    /**
     * Whether the certificate is for {@code host}.
     *
     * @param host a name in ASCII without trailing dot, or an address without brackets
     */
    boolean cover(String host) {
        if (TlsContext.isAddress(host)) {
            return addresses.stream().anyMatch(address -> sameAddress(address, host));
        }
        String name = host.toLowerCase(Locale.ROOT);
        return dns.stream().anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), name));
    }

    /** RFC 9525 §6.3: "*" is the whole of the leftmost label, stands for one label, and two labels follow it. */
    private static boolean matches(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return !name.isEmpty() && pattern.equals(name);
        }
        String parent = pattern.substring(1);
        boolean twoLabels = parent.indexOf('.', 1) > 0 && !parent.endsWith(".");
        int dot = name.indexOf('.');
        return twoLabels && dot > 0 && name.substring(dot).equals(parent);
    }

    private static boolean sameAddress(String address, String host) {
        try {
            // Neither is a name: this asks no DNS.
            return TlsContext.isAddress(address)
                    && InetAddress.getByName(address).equals(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The first of the names, or that there are none. */
    @Override
    public String toString() {
        List<String> all = new ArrayList<>(dns);
        all.addAll(addresses);
        if (all.isEmpty()) {
            return "no host at all (it has no subject alternative names)";
        }
        String shown = String.join(
                ", ", all.stream().limit(SHOWN).map(Names::printable).toList());
        return all.size() <= SHOWN ? shown : shown + " and " + (all.size() - SHOWN) + " more";
    }
}
