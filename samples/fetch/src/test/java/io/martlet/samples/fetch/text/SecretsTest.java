package io.martlet.samples.fetch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @CsvSource({
        "Authorization, true",
        "proxy-authorization, true",
        "Set-Cookie, true",
        "X-Api-Key, true",
        "apikey, true",
        "access_token, true",
        "X-Amz-Signature, true",
        "password, true",
        "key, true",
        "X-Auth, true",
        "access_key, true",
        "db-pass, true",
        "Accept, false",
        "Content-Type, false",
        "author, false",
        "passenger, false",
        "keyboard, false"
    })
    void namesTellWhatMayBeASecret(String name, boolean isSecret) {
        assertEquals(isSecret, Secrets.isSecret(name));
    }

    @ParameterizedTest
    @CsvSource({
        "http://x/, http://x/",
        "http://me:hunter2@x/a@b, http://x/a@b",
        "http://x/?q=1&token=hunter2&r=$1#f, http://x/?q=1&token=***&r=$1#f",
        "http://x/?token=hunter2&token=hunter3, http://x/?token=***&token=***",
        "http://x/?u=http://y/?token=hunter2, http://x/?u=http://y/?token=***",
        "http://x/?token=hunter?2&a=?b, http://x/?token=***&a=?b",
        "http://x/?u=%2F%3fa%3D1%26token%3Dhunter2%26b%3D2&c=3, http://x/?u=%2F%3fa%3D1%26token%3D***%26b%3D2&c=3",
        "http://x/?u=/%3Ftoken=hunter2, http://x/?u=/%3Ftoken=***",
        "http://x/?token, http://x/?token",
        "http://x/token=1#?a=b, http://x/token=1#?a=b"
    })
    void urlsAreShownWithoutThem(String url, String shown) {
        assertEquals(shown, Secrets.url(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "%25", "25", "?a", "%3fa", "&a=b", "%"})
    void aUrlAsLongAsALineMayBeIsLookedThrough(String piece) {
        String url = "http://x/?u=%" + piece.repeat(60_000 / piece.length());
        assertEquals(url + "&token=***", Secrets.url(url + "&token=hunter2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"token\": \"a\\\"b\", \"n\": 1} | {\"token\": \"***\", \"n\": 1}",
                "{\"in\": {\"password\": 123}}     | {\"in\": {\"password\": \"***\"}}",
                "a=1&password=hunter2&b=2           | a=1&password=***&b=2",
                "plain text                         | plain text"
            })
    void bodiesAreShownWithoutThem(String body, String shown) {
        assertEquals(shown, Secrets.text(body));
    }
}
