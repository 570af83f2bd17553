package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
class EchoTest {

    @Test
    void getShowsArgumentsHeadersOriginAndUrl(DemoClient client) {
        JsonObject echo = client.json("get?a=1", "User-Agent", "test");
        JsonObject expected = new JsonObject()
                .put("args", new JsonObject().put("a", "1"))
                .put("headers", new JsonObject().put("Host", hostOf(client)).put("User-Agent", "test"))
                .put("origin", "127.0.0.1")
                .put("url", client.baseUrl() + "get?a=1");
        // The JDK's client adds some of its own.
        echo.getJsonObject("headers").fieldNames().retainAll(Set.of("Host", "User-Agent"));
        assertEquals(expected, echo);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a=1&a=2              | {"a":["1","2"]}
            a=x%20y+z            | {"a":"x y z"}
            a=&b                 | {"a":"","b":""}
            a=b=c                | {"a":"b=c"}
            %C3%A4=%F0%9F%90%A6  | {"ä":"🐦"}
            a&&                  | {"a":""}
            """)
    void argumentsAreDecoded(String query, String expected, DemoClient client) {
        assertEquals(new JsonObject(expected), client.json("get?" + query).getJsonObject("args"));
    }

    @ParameterizedTest
    @CsvSource({"POST,post", "PUT,put", "PATCH,patch", "DELETE,delete"})
    void bodyMethodsShowTheBody(String method, String path, DemoClient client) {
        JsonObject echo = client.sendForJson(method, path, "{\"a\":[1,true]}", "Content-Type", "application/json");
        assertEquals(Set.of("args", "data", "files", "form", "headers", "json", "origin", "url"), echo.fieldNames());
        assertEquals("{\"a\":[1,true]}", echo.getString("data"));
        assertEquals(new JsonObject("{\"a\":[1,true]}"), echo.getJsonObject("json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void anythingTellsTheMethodAndTakesAnyPath(String method, DemoClient client) {
        JsonObject echo = client.sendForJson(method, "anything/a/b", "");
        assertEquals(method, echo.getString("method"));
        assertEquals(client.baseUrl() + "anything/a/b", echo.getString("url"));
    }

    @Test
    void headerNamesAreInTitleCaseAndRepeatedValuesJoined(DemoClient client) {
        JsonObject headers =
                client.json("headers", "x-request_no", "1", "X-Request_No", "2").getJsonObject("headers");
        assertEquals("1,2", headers.getString("X-Request-No"));
    }

    @Test
    void headersOfProxiesAreShownOnDemandOnly(DemoClient client) {
        assertNull(client.json("headers", "X-Request-Id", "7")
                .getJsonObject("headers")
                .getString("X-Request-Id"));
        JsonObject shown =
                client.json("headers?show_env=1", "X-Request-Id", "7").getJsonObject("headers");
        assertEquals("7", shown.getString("X-Request-Id"));
    }

    @Test
    void theOriginIsTheOneThatAProxyNames(DemoClient client) {
        assertEquals("127.0.0.1", client.json("ip").getString("origin"));
        assertEquals(
                "10.1.2.3", client.json("ip", "X-Forwarded-For", "10.1.2.3").getString("origin"));
    }

    @Test
    void theUserAgentIsShown(DemoClient client) {
        assertEquals(new JsonObject().put("user-agent", "test/1"), client.json("user-agent", "User-Agent", "test/1"));
    }

    @Test
    void eachUuidIsAnother(DemoClient client) {
        UUID first = UUID.fromString(client.json("uuid").getString("uuid"));
        UUID second = UUID.fromString(client.json("uuid").getString("uuid"));
        assertTrue(!first.equals(second) && first.version() == 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void aDelayedAnswerEchoesTheRequest(String method, DemoClient client) {
        JsonObject echo = client.sendForJson(method, "delay/0.01?a=1", "");
        assertEquals(Set.of("args", "data", "files", "form", "headers", "origin", "url"), echo.fieldNames());
        assertEquals("1", echo.getJsonObject("args").getString("a"));
    }

    private static String hostOf(DemoClient client) {
        return client.baseUrl().replaceAll("^http://|/$", "");
    }
}
