package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.ClientRequest;
import io.martlet.http.Headers;
import io.martlet.http.Method;
import io.martlet.http.Url;
import io.martlet.internal.http1.RequestHead.Persistence;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile URLs (case A06) and random parts: whatever they hold, one request goes out, or none. */
class RequestFuzzTest {
    private final ByteSink out = new ByteSink(16);
    private final RequestEncoder encoder = new RequestEncoder(out);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h/a%sb",
                "http://h/?a%sb",
                "http://h/#a%sb",
                "http://u%sv@h/",
                "http://u:p%sv@h/",
                "http://h%si/",
                "http://h:8%s0/"
            })
    void rawControlCharactersInAUrlNeverReachTheWire(String pattern) {
        for (String raw :
                new String[] {"\r", "\n", "\r\n", "\t", "\u0000", " ", "\r\nX-I: 1\r\n\r\nGET /x HTTP/1.1\r\n", "\u010a"
                }) {
            out.clear();
            try {
                Url url = Url.parse(String.format(pattern, raw));
                encoder.head(
                        RequestHead.of(ClientRequest.builder(Method.GET, url).build(), Persistence.DEFAULT));
            } catch (InvalidUrlException | IllegalArgumentException refused) {
                continue;
            }
            String[] lines = written().split("\r\n", -1);
            assertTrue(lines[0].matches("GET [!-~]+ HTTP/1\\.1"), lines[0]);
            assertFalse(Arrays.stream(lines).anyMatch(line -> line.startsWith("X-I")), written());
            assertEquals(1, written().split(" HTTP/1.1", -1).length - 1, written());
        }
    }

    /** Whatever the strings, what is written reads back as the one request that was asked for. */
    @Test
    void randomPartsAreRefusedOrArriveAsTheyWere() {
        Random random = new Random(20261120);
        int sent = 0;
        for (int i = 0; i < 50_000; i++) {
            String method = random.nextInt(4) == 0 ? text(random) : "GET";
            String target = "/" + (random.nextInt(4) == 0 ? text(random) : "p");
            String host = random.nextInt(4) == 0 ? text(random) : "h.example";
            String name = random.nextInt(2) == 0 ? text(random) : "A";
            String value = text(random);
            Headers fields = unchecked(name, value);
            out.clear();
            try {
                encoder.head(new RequestHead(method, target, host, fields, RequestHead.NO_BODY, Persistence.DEFAULT));
            } catch (IllegalArgumentException refused) {
                assertEquals(0, out.length());
                continue;
            }
            sent++;
            String expected = method + " " + target + " HTTP/1.1\nHost: " + host + "\n" + name + ": " + value + "\n\n";
            String text = new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
            assertEquals(expected, text.replace("\r\n", "\n"));
            assertEquals(4, text.chars().filter(c -> c == '\n' || c == '\r').count() / 2);
        }
        assertTrue(sent > 1000, sent + " were sent");
    }

    private static String text(Random random) {
        String alphabet = "aZ09-_.!~ \t:/@#?%[]\"\r\n\u0000\u007f\u00e9\u010a\u560a";
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(5); n >= 0; n--) {
            text.append(alphabet.charAt(random.nextInt(random.nextInt(3) == 0 ? alphabet.length() : 9)));
        }
        return text.toString();
    }

    private String written() {
        return new String(out.array(), 0, out.length(), StandardCharsets.ISO_8859_1);
    }

    /** Headers that no builder has checked, as a mistake elsewhere might let them through. */
    private static Headers unchecked(String... namesAndValues) {
        return Headers.ofChecked(namesAndValues, namesAndValues.length);
    }
}
