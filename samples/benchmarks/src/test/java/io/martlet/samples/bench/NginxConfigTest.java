package io.martlet.samples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.KeyStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxConfigTest {
    private static final Path FOLDER = Path.of("/run/bench");

    @TempDir
    private Path directory;

    @Test
    void theSmallBodyHas163Bytes() {
        assertEquals(163, NginxConfig.SMALL_BODY.length());
    }

    @Test
    void withoutModuleAndCertificateThereIsNeitherSlownessNorTls() {
        String text = new NginxConfig(FOLDER, 8001, 8002, null, null).text();
        assertTrue(text.contains("listen 127.0.0.1:8001 backlog=8192;"), text);
        assertTrue(text.contains("location /files/ { root /run/bench; }"), text);
        assertFalse(text.contains("load_module") || text.contains("echo") || text.contains("ssl"), text);
    }

    @Test
    void theModuleAnswersSlowly() {
        String text = new NginxConfig(FOLDER, 8001, 8002, Path.of("/m/echo.so"), null).text();
        assertTrue(text.contains("load_module /m/echo.so;"), text);
        assertTrue(text.contains("location = /slow { echo_sleep 0.05; echo -n '{\"slow\":true}'; }"), text);
    }

    @Test
    void theCertificateIsServed() {
        ServerCertificate tls = new ServerCertificate(Path.of("/c"), Path.of("/k"), Path.of("/t"));
        String text = new NginxConfig(FOLDER, 8001, 8002, null, tls).text();
        assertTrue(text.contains("listen 127.0.0.1:8002 ssl backlog=8192;"), text);
        assertTrue(text.contains("ssl_certificate_key /k;"), text);
    }

    @Test
    void theCertificateIsInTheTrustStore() throws Exception {
        ServerCertificate tls = ServerCertificate.make(directory);
        KeyStore trust = KeyStore.getInstance(tls.trustStore().toFile(), ServerCertificate.PASSWORD.toCharArray());
        assertTrue(trust.isCertificateEntry("server"));
    }
}
