package io.martlet.config;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text with DER blocks between {@code -----BEGIN X-----} and {@code -----END X-----} (RFC 7468). */
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** One block; {@code line} is that of its BEGIN. */
    record Block(SecretFile source, String label, int line, byte[] der) {
        IllegalArgumentException wrong(String what, @Nullable Throwable cause) {
            return source.wrong("the " + label + " in line " + line + " " + what, cause);
        }
    }

    private final SecretFile source;
    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder base64 = new StringBuilder();
    private @Nullable String label;
    private int begin;

    private Pem(SecretFile source) {
        this.source = source;
    }

    /** All blocks; text around them is ignored, as RFC 7468 §2 wants. */
    static List<Block> read(SecretFile source) {
        Pem pem = new Pem(source);
        String text = new String(source.bytes(), StandardCharsets.ISO_8859_1);
        int number = 0;
        for (String line : text.split("\r\n|\n|\r", -1)) {
            pem.line(line.strip(), ++number);
        }
        if (pem.label != null) {
            throw source.wrong(
                    "the " + pem.label + " in line " + pem.begin + " has no END: is the file cut off?", null);
        }
        if (pem.blocks.isEmpty()) {
            boolean der = source.bytes().length > 0 && source.bytes()[0] == 0x30;
            throw source.wrong(
                    "no -----BEGIN …----- in it" + (der ? "; it looks like DER or PKCS12, not PEM" : ""), null);
        }
        return pem.blocks;
    }

    /** The certificates among the blocks, in their order. */
    static List<X509Certificate> certificates(SecretFile source) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : read(source)) {
            if (block.label.equals("CERTIFICATE") || block.label.equals("X509 CERTIFICATE")) {
                certificates.add(certificate(block));
            }
        }
        if (certificates.isEmpty()) {
            throw source.wrong("no CERTIFICATE in it, only " + labels(read(source)), null);
        }
        return certificates;
    }

    static String labels(List<Block> blocks) {
        return String.join(", ", blocks.stream().map(Block::label).distinct().toList());
    }

    private static X509Certificate certificate(Block block) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.der));
        } catch (CertificateException e) {
            throw block.wrong("is no X.509 certificate: " + e.getMessage(), e);
        }
    }

    private void line(String line, int number) {
        if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
            begin(line.substring(BEGIN.length(), Math.max(BEGIN.length(), line.length() - DASHES.length())), number);
        } else if (label != null && line.startsWith(END)) {
            end(label, line, number);
        } else if (label != null) {
            body(label, line, number);
        }
    }

    private void begin(String newLabel, int number) {
        if (label != null) {
            throw source.wrong("the " + label + " in line " + begin + " has no END before line " + number, null);
        }
        label = newLabel;
        begin = number;
        base64.setLength(0);
    }

    private void body(String label, String line, int number) {
        if (line.contains("ENCRYPTED")) {
            throw source.wrong(
                    "the " + label + " in line " + begin
                            + " is encrypted in OpenSSL's old way; \"openssl pkcs8 -topk8\" makes it readable",
                    null);
        }
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean valid =
                    c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "+/=".indexOf(c) >= 0;
            if (!valid) {
                throw source.wrong("line " + number + ", in the " + label + ", is no Base64", null);
            }
        }
        base64.append(line);
    }

    private void end(String label, String line, int number) {
        if (!line.equals(END + label + DASHES)) {
            throw source.wrong("the " + label + " in line " + begin + " ends with another END in line " + number, null);
        }
        try {
            blocks.add(new Block(source, label, begin, Base64.getDecoder().decode(base64.toString())));
        } catch (IllegalArgumentException e) {
            // Without the cause: its message may quote what is perhaps a key.
            throw source.wrong("the " + label + " in line " + begin + " is no whole Base64: is it cut off?", null);
        }
        this.label = null;
    }
}
