package io.martlet.cookie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Its rules on a short list, and some of the long one; {@link PublicSuffixDataTest} has the rest. */
class PublicSuffixesTest {
    private static final String LIST = "// comment\n\ncom\nco.uk and more\n*.ck\n!www.ck\n// ===\nbücher\n";

    @ParameterizedTest
    @CsvSource({
        "com,         true",
        "COM,         true",
        "com.,        true",
        "example.com, false",
        "co.uk,       true",
        "uk,          true",
        "x.uk,        false",
        "ck,          true",
        "x.ck,        true",
        "y.x.ck,      false",
        "www.ck,      false",
        "xn--bcher-kva, true",
        "unlisted,    true",
        "a.unlisted,  false",
    })
    void aSuffixIsWhatTheLongestRuleSays(String domain, boolean isSuffix) throws IOException {
        PublicSuffixes suffixes = PublicSuffixes.read(new BufferedReader(new StringReader(LIST)));

        assertEquals(isSuffix, suffixes.hasSuffix(domain));
    }

    @Test
    void theListSaysItsLicenceAndTheNoticeSaysTheList() throws IOException {
        assertTrue(
                resource("/io/martlet/cookie/effective_tld_names.dat").contains("Mozilla Public\n// License, v. 2.0"));
        assertTrue(
                Files.readString(Path.of("src/main/resources/META-INF/NOTICE")).contains("Public Suffix List"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = PublicSuffixes.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "www.example.com,       example.com",
                "example.com.,          example.com",
                "a.b.example.co.uk,     example.co.uk",
                "me.github.io,          me.github.io",
                "github.io,             null",
                "localhost,             null",
                ".example.com,          null",
                "a..example.com,        null",
                "'',                    null",
            })
    void theBuiltInListIsThere(String host, String domain) {
        assertEquals(domain, PublicSuffixes.registrableDomain(host));
    }
}
