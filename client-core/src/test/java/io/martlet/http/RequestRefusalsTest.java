package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.body.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRefusalsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Transfer-Encoding | chunked | header Transfer-Encoding is the engine's to set (RFC 9112 §6.1)
            transfer-encoding | gzip    | header Transfer-Encoding is the engine's to set (RFC 9112 §6.1)
            Content-Length    | 4       | header Content-Length says "4", and the body has 5 bytes (RFC 9110 §8.6)
            Content-Length    | +5      | header Content-Length says "+5", and the body has 5 bytes (RFC 9110 §8.6)
            Host              | a/b     | header Host is "a/b", not a host and port (RFC 9112 §3.2)
            Host              | a b     | header Host is "a b", not a host and port (RFC 9112 §3.2)
            Host              | a:b     | header Host is "a:b", not a host and port (RFC 9112 §3.2)
            Host              | u@a     | header Host is "u@a", not a host and port (RFC 9112 §3.2)
            Host              | ''      | header Host is "", not a host and port (RFC 9112 §3.2)
            """)
    void aHeaderThatContradictsTheEngineIsRefused(String name, String value, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> request(name, value))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "example.com:8080", "[::1]", "[::1]:80", "127.0.0.1:1", "a_b"})
    void aHostOfItsOwnIsSent(String host) {
        assertEquals(host, request("Host", host).headers().get("Host"));
    }

    @Test
    void theLengthOfTheBodyMayBeSaid() {
        assertEquals("5", request("Content-Length", "5").headers().get("Content-Length"));
    }

    @Test
    void twoLengthsAreRefused() {
        ClientRequest.Builder request = ClientRequest.builder(Method.GET, Url.of("http://localhost/"));
        request.headers().add("Content-Length", "0").add("Content-Length", "0");
        assertEquals(
                "header Content-Length is given 2 times (RFC 9110 §8.6)",
                assertThrows(IllegalArgumentException.class, request::build).getMessage());
    }

    @Test
    void twoHostsAreRefused() {
        ClientRequest.Builder request = ClientRequest.builder(Method.GET, Url.of("http://localhost/"));
        request.headers().add("Host", "a").add("Host", "b");
        assertEquals(
                "header Host is given 2 times (RFC 9112 §3.2)",
                assertThrows(IllegalArgumentException.class, request::build).getMessage());
    }

    private static ClientRequest request(String name, String value) {
        ClientRequest.Builder request =
                ClientRequest.builder(Method.POST, Url.of("http://localhost/")).body(RequestBody.text("12345"));
        request.headers().set(name, value);
        return request.build();
    }
}
