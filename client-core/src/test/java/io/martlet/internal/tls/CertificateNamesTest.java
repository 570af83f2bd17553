package io.martlet.internal.tls;

import static io.martlet.internal.tls.TestCertificate.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateNamesTest {
    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, true",
        "example.com, EXAMPLE.com, true",
        "Example.COM, example.com, true",
        "example.com, www.example.com, false",
        "www.example.com, example.com, false",
        "example.com, example.com.evil.test, false",
        "example.com, notexample.com, false",
        "localhost, localhost, true",
        // RFC 9525 §6.3
        "*.example.com, www.example.com, true",
        "*.example.com, my_host.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, a.b.example.com, false",
        "*.example.com, .example.com, false",
        "*.b.example.com, a.b.example.com, true",
        "w*.example.com, www.example.com, false",
        "*w.example.com, www.example.com, false",
        "f*.x, foo.x, false",
        "www.*.com, www.example.com, false",
        "*.*.com, www.example.com, false",
        "*, example, false",
        "*, example.com, false",
        "*., example., false",
        "*.com, example.com, false",
        "*.com., example.com, false",
        "*.localhost, a.localhost, false",
        // Only the form that is sent over the wire counts.
        "bücher.example, xn--bcher-kva.example, false",
        "xn--bcher-kva.example, xn--bcher-kva.example, true",
        "*.example, xn--bcher-kva.example, false",
        "127.0.0.1, 127.0.0.1, false"
    })
    void namesMatchByWholeLabels(String pattern, String host, boolean covered) {
        CertificateNames names =
                CertificateNames.of(ROOT.issue(c -> c.dns(pattern)).leaf());

        assertEquals(covered, names.cover(host));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "::1, ::1, true",
        "::1, 0:0:0:0:0:0:0:1, true",
        "2001:db8::7, 2001:db8::7, true",
        "2001:db8::7, 2001:db8::8, false",
        "127.0.0.1, localhost, false"
    })
    void addressesMatchAsAddresses(String address, String host, boolean covered) {
        CertificateNames names =
                CertificateNames.of(ROOT.issue(c -> c.ip(address)).leaf());

        assertEquals(covered, names.cover(host));
    }

    @Test
    void aNulHidesNothing() {
        CertificateNames names = CertificateNames.of(
                ROOT.issue(c -> c.dns("example.com\0.evil.test").dns("\0")).leaf());

        assertEquals(false, names.cover("example.com"));
        assertEquals("example.com\\u0000.evil.test, \\u0000", names.toString());
    }

    @Test
    void aCommonNameIsNoName() {
        CertificateNames names =
                CertificateNames.of(ROOT.issue(c -> c.commonName("example.com")).leaf());

        assertEquals(false, names.cover("example.com"));
        assertEquals("no host at all (it has no subject alternative names)", names.toString());
    }

    @Test
    void onlyTheFirstTenNamesAreShown() {
        CertificateNames names = CertificateNames.of(ROOT.issue(c -> {
                    IntStream.range(0, 500).forEach(i -> c.dns("host" + i + ".test"));
                    return c;
                })
                .leaf());

        assertEquals(
                "host0.test, host1.test, host2.test, host3.test, host4.test, host5.test, host6.test, host7.test, "
                        + "host8.test, host9.test and 490 more",
                names.toString());
    }
}
