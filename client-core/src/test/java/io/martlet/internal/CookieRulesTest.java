package io.martlet.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.martlet.cookie.Cookie;
import io.martlet.http.ClientRequest;
import io.martlet.http.Method;
import io.martlet.http.Url;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieRulesTest {
    private static final Url PAGE = Url.of("https://h.example/");

    private static ClientRequest request(String header, String own) {
        ClientRequest.Builder request = ClientRequest.builder(Method.GET, PAGE);
        pairs(header).forEach(value -> request.headers().add("Cookie", value));
        pairs(own).map(pair -> pair.split("=", 2)).forEach(pair -> request.cookie(pair[0], pair[1]));
        return request.build();
    }

    private static List<Cookie> jar(String cookies) {
        return pairs(cookies)
                .map(pair -> pair.split("=", 2))
                .map(pair -> Cookie.builder(PAGE, pair[0], pair[1]).build())
                .toList();
    }

    private static Stream<String> pairs(String text) {
        return text == null ? Stream.of() : Stream.of(text.split(" & "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                   | j=1          |              | j=1",
                "                   |              | r=1 & q=2    | r=1; q=2",
                "h=1                | j=1          | r=1          | h=1; j=1; r=1",
                "a=1; b=2           | a=3          |              | b=2; a=3",
                "a=1                |              | a=3          | a=3",
                "                   | a=1 & b=2    | a=3          | b=2; a=3",
                "a=1                | a=2          | a=3          | a=3",
                "a=1; a=2           | j=1          |              | a=1; a=2; j=1",
                "                   | a=1 & a=2    |              | a=1; a=2",
                "odd; ; a=\"x, y\"  | j=1          |              | odd; a=\"x, y\"; j=1",
                "a=1 & b=2          | j=1          |              | a=1; b=2; j=1",
                "A=1                | a=2          |              | A=1; a=2",
            })
    void ofCookiesWithOneNameTheLatestGoes(String header, String jar, String own, String sent) {
        ClientRequest request = CookieRules.withCookies(request(header, own), jar(jar));

        assertEquals(List.of(sent), request.headers().getAll("Cookie"));
    }

    @Test
    void whereThereIsNothingToAddTheRequestIsAsItWas() {
        ClientRequest request = request("odd;  a = b ", null);

        assertSame(request, CookieRules.withCookies(request, List.of()));
    }
}
