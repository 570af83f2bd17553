package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
class StatusesTest {

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 304, 404, 418, 429, 500, 503, 599, 999})
    void theStatusIsAsAsked(int code, DemoClient client) {
        assertEquals(code, client.status("status/" + code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void anyMethodWillDo(String method, DemoClient client) {
        assertEquals(503, client.send(method, "status/503", "body").statusCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            301 | Location           | /redirect/1
            302 | Location           | /redirect/1
            303 | Location           | /redirect/1
            305 | Location           | /redirect/1
            307 | Location           | /redirect/1
            308 | Location           | /redirect/1
            401 | WWW-Authenticate   | Basic realm="Fake Realm"
            407 | Proxy-Authenticate | Basic realm="Fake Realm"
            418 | X-More-Info        | https://www.rfc-editor.org/rfc/rfc2324
            """)
    void theHeaderThatBelongsToItComesWithIt(int code, String name, String value, DemoClient client) {
        assertEquals(
                value, client.get("status/" + code).headers().firstValue(name).orElse(""));
    }

    @Test
    void theTeapotIsOne(DemoClient client) {
        assertTrue(client.get("status/418").body().contains("I'm a teapot"));
    }

    @ParameterizedTest
    @CsvSource({"'200:0,201:1', 201", "'201,201', 201", "'500:0.0,202:0.5', 202"})
    void aChoiceFollowsTheWeights(String codes, int expected, DemoClient client) {
        assertEquals(expected, client.status("status/" + codes));
    }

    @Test
    void everyCodeOfAListIsChosenAtTimes(DemoClient client) {
        Set<Integer> seen = new HashSet<>();
        while (seen.size() < 3) {
            seen.add(client.status("status/200,202:2,503"));
        }
        assertEquals(Set.of(200, 202, 503), seen);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            abc      | status code must be a whole number but was 'abc'
            100      | a status code must be 200 to 999 but was '100'
            1000     | a status code must be 200 to 999 but was '1000'
            200:x    | the weight in '200:x' is not a number
            """)
    void whatIsNoStatusIsABadRequest(String codes, String message, DemoClient client) {
        HttpResponse<String> answer = client.get("status/" + codes);
        assertEquals(400, answer.statusCode());
        assertEquals("{\"error\":\"" + message + "\"}\n", answer.body());
    }
}
