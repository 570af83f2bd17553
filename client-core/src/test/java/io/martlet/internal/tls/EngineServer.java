package io.martlet.internal.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A TLS server in memory: its certificate, its settings, and one {@link Connection} at a time. */
final class EngineServer {
    private final SSLContext context;
    private String[] protocols = {"TLSv1.3", "TLSv1.2"};
    private String @Nullable [] cipherSuites;
    private String[] applicationProtocols = {"http/1.1"};
    private boolean needsClient;

    EngineServer(TestCertificate certificate) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("root", TestCertificate.ROOT.leaf());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Keys(certificate)}, trust.getTrustManagers(), null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    EngineServer protocols(String... only) {
        protocols = only;
        return this;
    }

    EngineServer cipherSuites(String... only) {
        cipherSuites = only;
        return this;
    }

    EngineServer applicationProtocols(String... only) {
        applicationProtocols = only;
        return this;
    }

    /** Wants a certificate of {@link TestCertificate#ROOT} from clients. */
    EngineServer needsClient() {
        needsClient = true;
        return this;
    }

    SSLContext context() {
        return context;
    }

    Connection accept() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(protocols);
        if (cipherSuites != null) {
            engine.setEnabledCipherSuites(cipherSuites);
        }
        engine.setNeedClientAuth(needsClient);
        var parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(applicationProtocols);
        engine.setSSLParameters(parameters);
        return new Connection(engine);
    }

    /** One side of a conversation: bytes in, bytes out. */
    static final class Connection {
        private final SSLEngine engine;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private byte[] rest = new byte[0];
        private @Nullable SSLException failure;

        Connection(SSLEngine engine) {
            this.engine = engine;
        }

        /** Takes bytes of the client, and says what it answers by itself: handshake, key updates, alerts. */
        byte[] handle(byte[] fromClient) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(rest);
            all.writeBytes(fromClient);
            ByteBuffer source = ByteBuffer.wrap(all.toByteArray());
            try {
                go(source);
            } catch (SSLException e) {
                failure = failure == null ? e : failure;
                flushQuietly();
            }
            rest = new byte[source.remaining()];
            source.get(rest);
            return takeOut();
        }

        private void go(ByteBuffer source) throws SSLException {
            ByteBuffer plain = ByteBuffer.allocate(40_000);
            while (true) {
                HandshakeStatus status = engine.getHandshakeStatus();
                if (status == HandshakeStatus.NEED_TASK) {
                    engine.getDelegatedTask().run();
                } else if (status == HandshakeStatus.NEED_WRAP) {
                    wrap(ByteBuffer.allocate(0));
                } else {
                    SSLEngineResult result = engine.unwrap(source, plain.clear());
                    received.write(plain.array(), 0, plain.position());
                    boolean stuck = result.bytesConsumed() == 0 && result.getHandshakeStatus() == status;
                    if (stuck || result.getStatus() != SSLEngineResult.Status.OK) {
                        flushQuietly();
                        return;
                    }
                }
            }
        }

        private void flushQuietly() {
            try {
                while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && wrap(ByteBuffer.allocate(0)) > 0) {
                    continue;
                }
            } catch (SSLException e) {
                failure = failure == null ? e : failure;
            }
        }

        private int wrap(ByteBuffer source) throws SSLException {
            ByteBuffer target = ByteBuffer.allocate(40_000);
            engine.wrap(source, target);
            out.write(target.array(), 0, target.position());
            return target.position();
        }

        /** Encrypts {@code data} into records. */
        byte[] encrypt(byte[] data) {
            try {
                ByteBuffer source = ByteBuffer.wrap(data);
                while (source.hasRemaining()) {
                    wrap(source);
                }
                return takeOut();
            } catch (SSLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Asks for new keys (TLS 1.3) or for another handshake (TLS 1.2). */
        byte[] rekey() {
            try {
                engine.beginHandshake();
                flushQuietly();
                return takeOut();
            } catch (SSLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Says goodbye. */
        byte[] closeNotify() {
            engine.closeOutbound();
            flushQuietly();
            return takeOut();
        }

        private byte[] takeOut() {
            byte[] all = out.toByteArray();
            out.reset();
            return all;
        }

        SSLEngine engine() {
            return engine;
        }

        /** The data of the client so far. */
        byte[] received() {
            return received.toByteArray();
        }

        /** Whether the client said goodbye. */
        boolean sawCloseNotify() {
            return engine.isInboundDone() && failure == null;
        }

        /** What went wrong here; null if nothing did. */
        @Nullable
        SSLException failure() {
            return failure;
        }
    }

    /** Gives its one certificate. */
    private static final class Keys extends X509ExtendedKeyManager {
        private final TestCertificate certificate;

        Keys(TestCertificate certificate) {
            this.certificate = certificate;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
            return keyType.equals(certificate.key().getAlgorithm()) ? "server" : null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return keyType.equals(certificate.key().getAlgorithm()) ? "server" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return certificate.chain().toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return certificate.key();
        }

        @Override
        public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {"server"};
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
