package io.martlet.samples.guide;

import io.martlet.samples.demo.DemoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Certificates for one run: an authority of our own, a server and a client that it vouches for. All files are PEM.
 *
 * @param authority certificate of the authority
 * @param server    certificate of 127.0.0.1 and localhost
 * @param serverKey its key
 * @param client    certificate of a client
 * @param clientKey its key
 */
record DemoCertificates(Path authority, Path server, Path serverKey, Path client, Path clientKey) {
    private static final String PASSWORD = "martlet-guide";

    /** Makes them in {@code directory}, with the keytool of this JDK. */
    static DemoCertificates make(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        keytool(directory, "-alias ca -dname CN=Guide-CA -ext bc:c=ca:true -ext ku:c=keyCertSign");
        keytool(directory, "-alias server -dname CN=localhost -signer ca -ext san=ip:127.0.0.1,dns:localhost");
        keytool(directory, "-alias client -dname CN=guide-client -signer ca -ext eku=clientAuth");
        KeyStore keys = KeyStore.getInstance(directory.resolve("keys.p12").toFile(), PASSWORD.toCharArray());
        return new DemoCertificates(
                certificate(keys, "ca", directory),
                certificate(keys, "server", directory),
                key(keys, "server", directory),
                certificate(keys, "client", directory),
                key(keys, "client", directory));
    }

    /** Starts a server that shows its certificate; where {@code kind} says so, clients must show theirs. */
    DemoServer serve(Recipe.Kind kind) {
        return DemoServer.startTls(0, server, serverKey, kind == Recipe.Kind.MUTUAL ? authority : null);
    }

    /** What a client has to know: whom to trust, who it is, and the key to that. */
    List<Path> forClients() {
        return List.of(authority, client, clientKey);
    }

    private static void keytool(Path directory, String options) throws IOException, InterruptedException {
        Path log = directory.resolve("keytool.log");
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String common =
                "-genkeypair -keyalg EC -groupname secp256r1 -validity 7 -storetype PKCS12 -storepass " + PASSWORD;
        Stream<String> words = Stream.of(
                        Stream.of(
                                program,
                                "-keystore",
                                directory.resolve("keys.p12").toString()),
                        Arrays.stream(common.split(" ")),
                        Arrays.stream(options.split(" ")))
                .flatMap(part -> part);
        int exitCode = new ProcessBuilder(words.toList())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IOException("keytool failed: " + Files.readString(log));
        }
    }

    private static Path certificate(KeyStore keys, String alias, Path directory)
            throws IOException, GeneralSecurityException {
        return pem(
                directory.resolve(alias + ".pem"),
                "CERTIFICATE",
                keys.getCertificate(alias).getEncoded());
    }

    private static Path key(KeyStore keys, String alias, Path directory) throws IOException, GeneralSecurityException {
        byte[] key = keys.getKey(alias, PASSWORD.toCharArray()).getEncoded();
        return pem(directory.resolve(alias + ".key"), "PRIVATE KEY", key);
    }

    private static Path pem(Path file, String type, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }
}
