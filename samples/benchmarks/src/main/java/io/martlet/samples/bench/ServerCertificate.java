package io.martlet.samples.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for 127.0.0.1, made for one run.
 *
 * @param certificate in PEM
 * @param key         in PEM
 * @param trustStore  PKCS #12 with the certificate, for clients
 */
record ServerCertificate(Path certificate, Path key, Path trustStore) {
    /** Protects files that live as long as the run, in a folder of their own. */
    static final String PASSWORD = "benchmark";

    private static final String ALIAS = "server";
    private static final char[] PASSWORD_CHARS = PASSWORD.toCharArray();

    /** Makes one, with the keytool of this JDK. */
    static ServerCertificate make(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("server.p12");
        runKeytool(directory, store);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD_CHARS);
        ServerCertificate files = new ServerCertificate(
                directory.resolve("server.crt"), directory.resolve("server.key"), directory.resolve("trust.p12"));
        writePem(files.certificate, "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
        writePem(files.key, "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD_CHARS).getEncoded());
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
        try (OutputStream out = Files.newOutputStream(files.trustStore)) {
            trust.store(out, PASSWORD_CHARS);
        }
        return files;
    }

    private static void runKeytool(Path directory, Path store) throws IOException, InterruptedException {
        Path log = directory.resolve("keytool.log");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(keytool, "-keystore", store.toString()));
        command.addAll(List.of(("-genkeypair -alias " + ALIAS + " -keyalg EC -groupname secp256r1 -dname CN=127.0.0.1"
                        + " -ext san=ip:127.0.0.1,dns:localhost -validity 7 -storetype PKCS12 -storepass " + PASSWORD)
                .split(" ")));
        int exitCode = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IOException("keytool failed: " + Files.readString(log));
        }
    }

    private static void writePem(Path file, String type, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n",
                StandardCharsets.US_ASCII);
    }
}
