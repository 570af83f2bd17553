package io.martlet.samples.fetch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        "accessKey, true",
        "privatekey, true",
        "PHPSESSID, true",
        "jwt, true",
        "user[key], true",
        "to%6ben, true",
        "to%256ben, true",
        "%zztoken, true",
        "Access-Control-Allow-Credentials, false",
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
        "http://x/token=1#?a=b, http://x/token=1#?a=b",
        "http://x/#access_token=hunter2&a=1, http://x/#access_token=***&a=1",
        "http://x/a;jsessionid=hunter2/b?c=1, http://x/a;jsessionid=***/b?c=1",
        "http://x/?a=1;token=hunter/2;b, http://x/?a=1;token=***",
        "http://me:hunter2@x/?u=http://me:hunter3@y/, http://x/?u=http://y/",
        "http://x/?u=http%3A%2F%2Fme%3Ahunter2%40y%2F&m=a@b, http://x/?u=http%3A%2F%2Fy%2F&m=a@b",
        "http://x/?u=%252f%252fme:hunter2@y, http://x/?u=%252f%252fy",
        "http://x/?u=//y&m=a@b, http://x/?u=//y&m=a@b",
        "http://me:hunt&er2@x/, http://x/",
        "http://x/?clientSecret=hunter2, http://x/?clientSecret=***"
    })
    void urlsAreShownWithoutThem(String url, String shown) {
        assertEquals(shown, Secrets.url(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "%25", "25", "?a", "%3fa", "&a=b", "%", "//", "//a@", ";", "a\ud83d\ude00"})
    void aUrlAsLongAsALineMayBeIsLookedThrough(String piece) {
        String url = "http://x/?u=%" + piece.repeat(60_000 / piece.length());
        String shown = Secrets.url(url + "&token=hunter2");
        assertTrue(shown.endsWith("&token=***"), shown.substring(shown.length() - 50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\\\"", "a\ud83d\ude00", "[", "{\"a\":", "\"a\": 1, ", "<a>b", "&a=b", "a\n"})
    void aBodyOfAnyLengthIsLookedThrough(String piece) {
        String body = piece.repeat(60_000 / piece.length());
        assertFalse(Secrets.text("{\"a\": \"" + body + "\", \"token\": \"hunter2\"}")
                .contains("hunter2"));
        assertFalse(Secrets.text("a=" + body + "\ntoken=hunter2").contains("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\\\"", "a\ud83d\ude00", "[", "\\\\"})
    void aSecretOfAnyLengthIsHidden(String piece) {
        String secret = piece.repeat(60_000 / piece.length());
        assertEquals("{\"token\": \"***\", \"n\": 1}", Secrets.text("{\"token\": \"" + secret + "\", \"n\": 1}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"token\": \"a\\\"b\", \"n\": 1} | {\"token\": \"***\", \"n\": 1}",
                "{\"in\": {\"password\": 123}}     | {\"in\": {\"password\": \"***\"}}",
                "a=1&password=hunter2&b=2           | a=1&password=***&b=2",
                "plain text                         | plain text",
                " {\"token\":\"a&b=c\"}             | {\"token\":\"***\"}",
                "{\"token\": [\"a\", {\"b]\": 1}], \"n\": 1} | {\"token\": \"***\", \"n\": 1}",
                "{\"token\": \"a\\\\\", \"n\": 1}     | {\"token\": \"***\", \"n\": 1}",
                "{\"in\": \"{\\\"token\\\":\\\"a\\\\\\\"b\\\",\\\"n\\\":1}\"} |"
                        + " {\"in\": \"{\\\"token\\\":\\\"***\\\",\\\"n\\\":1}\"}",
                "{\"token\": null}                 | {\"token\": \"***\"}",
                "<a><password x=1>b</password></a> | <a><password x=***",
                "<a><password>b</password></a>     | <a><password>***</password></a>"
            })
    void bodiesAreShownWithoutThem(String body, String shown) {
        assertEquals(shown, Secrets.text(body));
    }
}
