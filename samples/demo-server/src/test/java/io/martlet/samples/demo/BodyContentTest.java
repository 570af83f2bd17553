package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedServer.class)
class BodyContentTest {
    private static final String MULTIPART = "multipart/form-data; boundary=\"x y\"";

    @Test
    void anUrlencodedFormIsParsed(DemoClient client) {
        JsonObject echo = client.sendForJson(
                "POST", "post", "a=1&a=2&b=x+y%26", "Content-Type", "application/x-www-form-urlencoded");
        assertEquals(new JsonObject("{\"a\":[\"1\",\"2\"],\"b\":\"x y&\"}"), echo.getJsonObject("form"));
        assertEquals("", echo.getString("data"));
        assertNull(echo.getValue("json"));
    }

    @Test
    void multipartFieldsAndFilesAreTakenApart(DemoClient client) {
        String body = part("name=\"a\"", "1")
                + part("name=\"a\"", "2\r\n--x")
                + part("name=\"say \\\"hi\\\"\"", "")
                + part("name=\"f\"; filename=\"f.txt\"\r\nContent-Type: text/plain", "über")
                + "--x y--\r\nepilogue";
        JsonObject echo = client.sendForJson("POST", "post", "preamble\r\n" + body, "Content-Type", MULTIPART);
        JsonObject form = new JsonObject("{\"a\":[\"1\",\"2\\r\\n--x\"],\"say \\\"hi\\\"\":\"\"}");
        assertEquals(form, echo.getJsonObject("form"));
        assertEquals(new JsonObject().put("f", "über"), echo.getJsonObject("files"));
        assertEquals("", echo.getString("data"));
    }

    @Test
    void binaryFilesAreDataUrlsOfTheirType(DemoClient client) {
        byte[] body = (part("name=\"f\"; filename=\"f\"\r\nContent-Type: image/png", "\u00ff\u00fe") + "--x y--")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        JsonObject echo = post(client, body, MULTIPART);
        assertEquals(new JsonObject().put("f", "data:image/png;base64,//4="), echo.getJsonObject("files"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            multipart/form-data                | a       | needs a boundary
            multipart/form-data; boundary=b    | a       | does not contain its boundary
            multipart/form-data; boundary=b    | --b     | has no closing boundary
            """)
    void aBrokenMultipartBodyIsABadRequest(String type, String body, String message, DemoClient client) {
        HttpResponse<String> answer = client.send("POST", "post", body, "Content-Type", type);
        assertEquals(400, answer.statusCode());
        assertEquals(true, answer.body().contains(message), answer.body());
    }

    @Test
    void dataThatIsNoTextIsADataUrl(DemoClient client) {
        JsonObject echo = post(client, new byte[] {-1, -2}, "text/plain");
        assertEquals("data:application/octet-stream;base64,//4=", echo.getString("data"));
    }

    @ParameterizedTest
    @CsvSource({"{bad", "'{} {}'", "''"})
    void whatIsNotJsonIsNull(String body, DemoClient client) {
        JsonObject echo = client.sendForJson("POST", "post", body, "Content-Type", "application/json");
        assertEquals(body, echo.getString("data"));
        assertNull(echo.getValue("json"));
    }

    @Test
    void aBodyAboveTheLimitIsRefusedAndTheConnectionStaysUsable(DemoClient client) {
        byte[] body = new byte[BodyCollector.MAX_BODY_BYTES + 1];
        HttpResponse<String> answer =
                client.send("POST", "post", BodyPublishers.ofByteArray(body), BodyHandlers.ofString());
        assertEquals(413, answer.statusCode());
        assertEquals("{\"error\":\"the request body is larger than 67108864 bytes\"}\n", answer.body());
        assertEquals(200, client.status("get"));
    }

    @Test
    void aBodyOfUnknownLengthIsRefusedAtTheLimit(DemoClient client) {
        byte[] body = new byte[BodyCollector.MAX_BODY_BYTES + 1];
        HttpResponse<String> answer = client.send(
                "POST",
                "post",
                BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)),
                BodyHandlers.ofString());
        assertEquals(413, answer.statusCode());
    }

    private static JsonObject post(DemoClient client, byte[] body, String type) {
        return new JsonObject(client.send(
                        "POST", "post", BodyPublishers.ofByteArray(body), BodyHandlers.ofString(), "Content-Type", type)
                .body());
    }

    private static String part(String disposition, String content) {
        return "--x y\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }
}
