package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
class RoutesTest {

    @ParameterizedTest
    @ValueSource(strings = {"nope", "get/", "get/more", "cookies/set/a", "cookies/nope", "status/", "posts/1/nope"})
    void anUnknownPathIsNotFound(String path, DemoClient client) {
        HttpResponse<String> answer = client.get(path);
        assertEquals(404, answer.statusCode());
        assertEquals(
                new JsonObject().put("error", "no page /" + path + "; / lists all there are"),
                new JsonObject(answer.body()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | get      | OPTIONS, GET, HEAD
            GET  | post     | OPTIONS, POST
            HEAD | post     | OPTIONS, POST
            GET  | stats/reset | OPTIONS, POST
            POST | posts/1  | OPTIONS, GET, HEAD, PUT, PATCH, DELETE
            """)
    void aWrongMethodIsRefusedWithTheRightOnes(String method, String path, String allowed, DemoClient client) {
        HttpResponse<String> answer = client.send(method, path, "");
        assertEquals(405, answer.statusCode());
        assertEquals(allowed, answer.headers().firstValue("Allow").orElse(""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            get             | OPTIONS, GET, HEAD
            response-headers| OPTIONS, GET, HEAD, POST
            anything/a/b    | OPTIONS, GET, HEAD, POST, PUT, PATCH, DELETE, TRACE
            """)
    void optionsTellTheMethods(String path, String allowed, DemoClient client) {
        HttpResponse<String> answer = client.send("OPTIONS", path, "");
        assertEquals(200, answer.statusCode());
        assertEquals(allowed, answer.headers().firstValue("Allow").orElse(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"get", "bytes/1000", "range/100", "drip?duration=0", "posts", "html", "status/404", "delay/0.01"
            })
    void headHasTheHeadersOfGetAndNoBody(String path, DemoClient client) {
        HttpResponse<String> get = client.get(path);
        HttpResponse<String> head = client.send("HEAD", path, "");
        assertEquals(get.statusCode(), head.statusCode());
        assertEquals(get.headers().firstValue("Content-Length"), head.headers().firstValue("Content-Length"));
        assertEquals(get.headers().firstValue("Content-Type"), head.headers().firstValue("Content-Type"));
        assertEquals("", head.body());
    }

    @Test
    void headOfAStreamHasNoBody(DemoClient client) {
        assertEquals("", client.send("HEAD", "stream/3", "").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "json", "xml", "encoding/utf8", "robots.txt", "deny"})
    void fixedPagesAreThere(String path, DemoClient client) {
        HttpResponse<String> answer = client.get(path);
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().length() > 20);
    }

    @Test
    void theRootListsEveryPage(DemoClient client) {
        List<String> lines = client.get("").body().lines().toList();
        assertTrue(lines.contains("/get  OPTIONS, GET, HEAD"));
        assertTrue(lines.contains(
                "/digest-auth/{qop}/{user}/{password}  " + "OPTIONS, GET, HEAD, POST, PUT, PATCH, DELETE, TRACE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void responseHeadersAreAsAskedAndListed(String method, DemoClient client) {
        HttpResponse<String> answer = client.send(method, "response-headers?X-A=1&X-A=2&b=x", "");
        assertEquals(List.of("1", "2"), answer.headers().allValues("X-A"));
        JsonObject listing = new JsonObject(answer.body());
        assertEquals(answer.headers().firstValue("Content-Length").orElse(""), listing.getString("Content-Length"));
        assertEquals(List.of("1", "2"), listing.getJsonArray("X-A").getList());
        assertEquals("x", listing.getString("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-length=1", "Transfer-Encoding=chunked", "a%0d%0ab=1", "a=1%0d%0ab:2"})
    void headersThatWouldBreakTheResponseAreABadRequest(String query, DemoClient client) {
        assertEquals(400, client.status("response-headers?" + query));
    }

    @Test
    void otherOriginsMayRead(DemoClient client) {
        assertEquals(
                "*",
                client.get("get")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin")
                        .orElse(""));
        HttpResponse<String> answer = client.send("OPTIONS", "get", "", "Access-Control-Request-Headers", "X-A");
        assertEquals(
                "X-A",
                answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""));
    }
}
