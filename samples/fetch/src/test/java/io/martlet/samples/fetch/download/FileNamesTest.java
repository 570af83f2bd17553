package io.martlet.samples.fetch.download;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.http.Url;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FileNamesTest {
    private static final Url URL = Url.of("http://a.test/x");

    private final FileNames inAscii = new FileNames(StandardCharsets.US_ASCII.newEncoder()::canEncode);

    @Test
    void whatTheLocaleCannotWriteIsUnderlined() {
        assertEquals("na_ve _.txt", inAscii.give("na\u00efve \ud83d\udc26.txt", URL));
    }

    @Test
    void namesThatAreTheSameThenAreToldApart() {
        assertEquals("_.txt", inAscii.give("\u00e4.txt", URL));
        assertEquals("_-b48b4715.txt", inAscii.give("\u00f6.txt", URL));
    }

    @Test
    void whatItCanWriteStaysAsItIs() {
        assertEquals("na\u00efve.txt", new FileNames(name -> true).give("na\u00efve.txt", URL));
    }
}
