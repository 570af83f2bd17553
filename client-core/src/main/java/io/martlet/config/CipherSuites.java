package io.martlet.config;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** What is wrong with a list of cipher suites. */
final class CipherSuites {
    private static final Pattern INSECURE = Pattern.compile(".*_(NULL|anon|EXPORT|RC4|DES|DES40|3DES)_.*");
    /** RFC 8446 §B.4: its suites name no key exchange, all others do ("WITH"). */
    private static final Pattern OF_TLS_1_3 = Pattern.compile("TLS_(?!.*_WITH_).*");

    private CipherSuites() {}

    static void check(List<String> names, TlsVersion minVersion) {
        if (names.isEmpty()) {
            return;
        }
        Set<String> supported = supported();
        for (String name : names) {
            if (INSECURE.matcher(name).matches()) {
                throw new IllegalArgumentException("tls cipher suite " + name + " offers no security");
            }
            if (!supported.contains(name)) {
                throw new IllegalArgumentException("tls cipher suite \"" + name + "\" is unknown to this JDK");
            }
        }
        boolean for13 = names.stream().anyMatch(OF_TLS_1_3.asMatchPredicate());
        if (minVersion == TlsVersion.TLS_1_3 && !for13) {
            throw new IllegalArgumentException("tls cipher suites hold none for minVersion TLSv1.3: " + names);
        }
    }

    private static Set<String> supported() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // Managers of nothing: the default ones would read the JDK's certificates.
            context.init(new KeyManager[0], new TrustManager[0], null);
            return Set.of(context.getSupportedSSLParameters().getCipherSuites());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no TLS", e);
        }
    }
}
