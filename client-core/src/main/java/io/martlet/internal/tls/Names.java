package io.martlet.internal.tls;

import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/** What others call themselves, made fit for a message: short, printable, on one line. */
final class Names {
    private static final int LONGEST = 80;

    private Names() {}

    static String subject(X509Certificate certificate) {
        return of(certificate.getSubjectX500Principal());
    }

    static String issuer(X509Certificate certificate) {
        return of(certificate.getIssuerX500Principal());
    }

    static String printable(String foreign) {
        return printable(foreign, LONGEST);
    }

    static String printable(String foreign, int longest) {
        StringBuilder text = new StringBuilder();
        foreign.codePoints().limit(longest).forEach(c -> {
            if (c >= ' ' && c < 0x7F || c >= 0xA0 && Character.isLetterOrDigit(c)) {
                text.appendCodePoint(c);
            } else {
                text.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return foreign.codePointCount(0, foreign.length()) > longest ? text + "…" : text.toString();
    }

    private static String of(X500Principal principal) {
        String name = principal.getName();
        return name.isEmpty() ? "a nameless one" : printable(name);
    }
}
