package io.martlet.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.martlet.auth.Digest;
import io.martlet.http.Headers;
import io.martlet.http.Url;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestSpacesTest {
    private static final Digest ME = new Digest("me", "pw");
    private static final Url PAGE = Url.of("http://h/a/page");

    private final DigestSpaces spaces = new DigestSpaces(() -> "c");

    private @Nullable DigestAuthenticator challenged(String more, int answered) {
        Headers headers = Headers.of("WWW-Authenticate", "Digest realm=r, nonce=n, qop=auth" + more);
        return spaces.answerTo(401, headers, PAGE, ME, answered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none                  | http://h/                | true",
                "none                  | http://h/other?x=1       | true",
                "none                  | https://h/               | false",
                "none                  | http://h:81/             | false",
                "none                  | http://other/            | false",
                "/a                    | http://h/a               | true",
                "/a                    | http://h/a/b             | true",
                "/a                    | http://h/ab              | false",
                "/a /b/                | http://h/b/c             | true",
                "/b/                   | http://h/b               | false",
                "http://h/b            | http://h/b/c             | true",
                "http://other/         | http://other/            | false",
                "http://other/         | http://h/                | false",
                "ftp://h/ /b           | http://h/b               | true",
            })
    void anAnswerIsGoodForTheProtectionSpaceAtItsOrigin(String domain, String url, boolean isKnown) {
        challenged(domain == null ? "" : ", domain=\"" + domain + "\"", 0);

        assertEquals(isKnown, spaces.knownFor(Url.of(url), ME) != null);
    }

    @Test
    void anAnswerIsGoodForItsCredentialsOnly() {
        challenged("", 0);

        assertNull(spaces.knownFor(PAGE, new Digest("me", "other")));
    }

    @ParameterizedTest
    @CsvSource({"'', 0, true", "'', 1, false", "', stale=TRUE', 1, true", "', stale=true', 2, false"})
    void aRequestAnswersOneChallengeAndOneThatSaysStale(String more, int answered, boolean isAnswered) {
        assertEquals(isAnswered, challenged(more, answered) != null);
    }

    @Test
    void nothingButA401IsAnswered() {
        Headers headers = Headers.of("WWW-Authenticate", "Digest realm=r, nonce=n");

        assertNull(spaces.answerTo(407, headers, PAGE, ME, 0));
        assertNull(spaces.answerTo(401, Headers.EMPTY, PAGE, ME, 0));
    }

    @Test
    void theNextNonceIsUsedNext() {
        DigestAuthenticator used = Objects.requireNonNull(challenged("", 0));

        spaces.heard(Headers.of("Authentication-Info", "nextnonce=\"n2\""), PAGE, ME, used);

        assertEquals(
                "n2",
                Objects.requireNonNull(spaces.knownFor(PAGE, ME)).challenge().nonce());
    }

    @Test
    void aNextNonceThatComesLateIsNotUsed() {
        DigestAuthenticator used = Objects.requireNonNull(challenged("", 0));
        DigestAuthenticator newer = challenged("", 0);

        spaces.heard(Headers.of("Authentication-Info", "nextnonce=\"n2\""), PAGE, ME, used);

        assertSame(newer, spaces.knownFor(PAGE, ME));
    }
}
