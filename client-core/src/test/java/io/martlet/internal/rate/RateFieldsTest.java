package io.martlet.internal.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.martlet.http.Headers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields of many servers; a slash stands between two, and a semicolon is part of them. */
class RateFieldsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private static Headers headers(String fields) {
        Headers.Builder headers = Headers.builder();
        for (String field : fields.split(" / ")) {
            headers.add(
                    field.substring(0, field.indexOf(':')),
                    field.substring(field.indexOf(':') + 1).strip());
        }
        return headers.build();
    }

    private static String printed(int status, String fields) {
        RateFields said = RateFields.of(status, headers(fields), NOW);
        RateFields.Quota left = said.left();
        String quota = left == null
                ? "-"
                : left.remaining() + " of " + left.limit() + " for " + left.reset() + " in " + left.window();
        return (said.pause() == null ? "-" : said.pause().toString()) + ", " + quota;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            RateLimit: "default";r=50;t=30                                             | -, 50 of 0 for PT30S in null
            RateLimit: "a";r=50;t=30 / RateLimit-Policy: "a";q=100;w=60                | -, 50 of 100 for PT30S in PT1M
            RateLimit: "a";r=50;t=30, "b";r=2;t=5 / RateLimit-Policy: "a";q=9, "b";q=3 | -, 2 of 3 for PT5S in null
            RateLimit: "a";r=0;t=30 / RateLimit: "b";r=0;t=90                          | -, 0 of 0 for PT1M30S in null
            RateLimit: "a;b,c";r=1;t=2;pk=:AQ==:                                       | -, 1 of 0 for PT2S in null
            RateLimit: "a";r=0 / RateLimit-Policy: "a";q=100;w=60                      | -, 0 of 100 for PT1M in PT1M
            RateLimit: "a";r=0;t=soon / RateLimit-Policy: "a";q=100;w=60               | -, -
            RateLimit: limit=100, remaining=50, reset=5                                | -, 50 of 100 for PT5S in null
            RateLimit-Limit: 100, 100;w=10 / RateLimit-Remaining: 3 / RateLimit-Reset: 7 | -, 3 of 100 for PT7S in null
            RateLimit-Limit: 100;w=21600 / RateLimit-Remaining: 76;w=21600 / RateLimit-Reset: 7 | -, 76 of 100 for PT7S in PT6H
            X-RateLimit-Limit: 60 / X-RateLimit-Remaining: 0 / X-RateLimit-Reset: 1700000042 | -, 0 of 60 for PT42S in null
            X-RateLimit-Remaining: 1 / X-RateLimit-Reset: 1700000001500                | -, 1 of 0 for PT1.5S in null
            X-RateLimit-Remaining: 1 / X-RateLimit-Reset: 1600000000                   | -, 1 of 0 for PT0S in null
            X-RateLimit-Remaining: 1 / X-RateLimit-Reset: 2.5                          | -, 1 of 0 for PT2.5S in null
            X-Rate-Limit-Remaining: 1 / X-Rate-Limit-Reset: 2                          | -, 1 of 0 for PT2S in null
            RateLimit: "a";r=5;t=9 / X-RateLimit-Remaining: 1 / X-RateLimit-Reset: 2   | -, 5 of 0 for PT9S in null
            X-RateLimit-Remaining: 1                                                   | -, -
            X-RateLimit-Remaining: many / X-RateLimit-Reset: 2                         | -, -
            X-RateLimit-Remaining: -1 / X-RateLimit-Reset: 2                           | -, -
            X-RateLimit-Remaining: 99999999999999999999 / X-RateLimit-Reset: 2         | -, -
            RateLimit: "a";r=5                                                         | -, -
            RateLimit: "a;r=5;t=9                                                      | -, -
            RateLimit: "a";r=5;t=9, "b                                                 | -, 5 of 0 for PT9S in null
            RateLimit: ;;,,=                                                           | -, -
            """)
    void whatIsLeftIsReadInTheFormsThatServersUse(String fields, String expected) {
        assertEquals(expected, printed(200, fields));
    }

    @Test
    @Timeout(20)
    void stringsThatDoNotEndAreReadOnce() {
        String open = "\\\"".repeat(4_000);
        Headers.Builder headers = Headers.builder();
        for (int field = 0; field < 100; field++) {
            headers.add("RateLimit", open);
        }

        assertNull(RateFields.of(200, headers.build(), NOW).left());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            429 | 7                             | PT7S
            503 | 7                             | PT7S
            200 | 7                             | -
            301 | 7                             | -
            429 | Tue, 14 Nov 2023 22:13:40 GMT | PT20S
            429 | soon                          | -
            """)
    void retryAfterIsAPauseWhereItSaysThatThereIsTooMuch(int status, String value, String expected) {
        assertEquals(expected + ", -", printed(status, "Retry-After: " + value));
    }
}
