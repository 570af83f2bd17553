package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;

/** The JDK's HTTPS server, which answers with the version of TLS and the name of the client, or {@code nobody}. */
final class TlsPeer implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final HttpsServer server;

    private TlsPeer(HttpsServer server) {
        this.server = server;
    }

    /** A key and its certificate for localhost, made by keytool: {@code NAME.p12}, {@code NAME.pem}, {@code NAME.key}. */
    static X509Certificate makeCertificate(Path keys, String name) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-alias", name, "-dname", "CN=" + name));
        command.addAll(List.of("-ext", "SAN=dns:localhost,dns:a.test,ip:127.0.0.1", "-validity", "2"));
        command.addAll(List.of("-keystore", keys.resolve(name + ".p12").toString(), "-storepass", "changeit"));
        Path log = keys.resolve("keytool.log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertEquals(0, keytool.waitFor(), Files.readString(log));
        KeyStore store = store(keys, name);
        X509Certificate certificate = (X509Certificate) store.getCertificate(name);
        write(keys.resolve(name + ".pem"), "CERTIFICATE", certificate.getEncoded());
        write(
                keys.resolve(name + ".key"),
                "PRIVATE KEY",
                store.getKey(name, PASSWORD).getEncoded());
        return certificate;
    }

    private static KeyStore store(Path keys, String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys.resolve(name + ".p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
    }

    /** A server with the certificate {@code server} that speaks one version and takes the certificate of {@code client}. */
    static TlsPeer start(Path keys, String protocol) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store(keys, "server"), PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("client", store(keys, "client").getCertificate("client"));
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setProtocols(new String[] {protocol});
                ssl.setWantClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        });
        server.createContext("/", TlsPeer::answer);
        server.start();
        return new TlsPeer(server);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        HttpsExchange secure = (HttpsExchange) exchange;
        String client;
        try {
            client = secure.getSSLSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            client = "nobody";
        }
        byte[] text = (secure.getSSLSession().getProtocol() + " " + client).getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, text.length);
        try (exchange) {
            exchange.getResponseBody().write(text);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "https://localhost:" + port() + "/page";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
