package io.martlet.internal.tls;

import io.martlet.config.ClientCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Offers the one certificate that is configured to every server that asks and can read its kind of key.
 *
 * <p>The CAs that the server names are not consulted, unlike in the JDK's own manager: they are often incomplete, and
 * the server's refusal says more than silence.
 */
final class ClientKeys extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final @Nullable ClientCertificate certificate;

    ClientKeys(@Nullable ClientCertificate certificate) {
        this.certificate = certificate;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        HandshakeNotes.clientCertificateAsked();
        return certificate != null
                        && Arrays.asList(keyTypes)
                                .contains(certificate.privateKey().getAlgorithm())
                ? ALIAS
                : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return certificate == null ? null : certificate.chain().toArray(new X509Certificate[0]);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return certificate == null ? null : certificate.privateKey();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return certificate == null ? null : new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return certificate == null ? null : ALIAS;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
