package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedServer.class)
class CookiePagesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a=1; b=2          | {"a":"1","b":"2"}
            a=1; a=2          | {"a":"1"}
            a="x y"; b=       | {"a":"x y","b":""}
            a="x\\073\\303\\274" | {"a":"x;ü"}
            a="\\"\\\\"          | {"a":"\\"\\\\"}
            """)
    void theCookiesOfTheRequestAreShown(String header, String expected, DemoClient client) {
        assertEquals(
                new JsonObject().put("cookies", new JsonObject(expected)), client.json("cookies", "Cookie", header));
    }

    @Test
    void noCookiesAreAnEmptyObject(DemoClient client) {
        assertEquals(new JsonObject().put("cookies", new JsonObject()), client.json("cookies"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cookies/set?a=1          | a=1; Path=/
            cookies/set?a=x%20y;z    | a="x y\\073z"; Path=/
            cookies/set/name/value   | name=value; Path=/
            cookies/delete?a         | a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/
            """)
    void settingAndDeletingRedirectToTheList(String path, String setCookie, DemoClient client) {
        HttpResponse<String> answer = client.get(path);
        assertEquals(302, answer.statusCode());
        assertEquals("/cookies", answer.headers().firstValue("Location").orElse(""));
        assertEquals(List.of(setCookie), answer.headers().allValues("Set-Cookie"));
    }

    @Test
    void severalCookiesAreSetAtOnce(DemoClient client) {
        assertEquals(
                List.of("a=1; Path=/", "b=2; Path=/"),
                client.get("cookies/set?a=1&b=2").headers().allValues("Set-Cookie"));
    }

    @Test
    void aNameThatIsNoTokenIsABadRequest(DemoClient client) {
        assertEquals(400, client.status("cookies/set?a%20b=1"));
    }
}
