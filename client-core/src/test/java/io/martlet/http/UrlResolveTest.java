package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.error.ClientException.InvalidUrlException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlResolveTest {
    @ParameterizedTest
    @CsvSource({
        "x, http://me:pw@h:81/a/b/x",
        "./x, http://me:pw@h:81/a/b/x",
        "../x, http://me:pw@h:81/a/x",
        "../../../x, http://me:pw@h:81/x",
        "/x, http://me:pw@h:81/x",
        "?x, http://me:pw@h:81/a/b/c?x",
        "#x, http://me:pw@h:81/a/b/c?q#x",
        "'', http://me:pw@h:81/a/b/c?q",
        "., http://me:pw@h:81/a/b/",
        "//i/x, http://i/x",
        "\\\\i\\x, http://i/x",
        "http://i/x, http://i/x",
        "https://i:1/x?y#z, https://i:1/x?y#z",
        "a b é, http://me:pw@h:81/a/b/a%20b%20%C3%A9",
        "x:y/z, ",
        "./x:y/z, http://me:pw@h:81/a/b/x:y/z",
        "/%0d%0aX, http://me:pw@h:81/%0d%0aX"
    })
    void referencesAreResolved(String reference, String expected) {
        Url base = Url.of("http://me:pw@h:81/a/b/c?q#f");

        assertEquals(expected, resolvedOrNull(base, reference));
    }

    private static String resolvedOrNull(Url base, String reference) {
        try {
            return base.resolve(reference).href();
        } catch (InvalidUrlException e) {
            return null;
        }
    }
}
