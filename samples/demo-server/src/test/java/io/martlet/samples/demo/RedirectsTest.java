package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
class RedirectsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redirect/3                | /relative-redirect/2
            redirect/1                | /get
            relative-redirect/3       | /relative-redirect/2
            relative-redirect/1       | /get
            """)
    void aChainGoesOnRelatively(String path, String location, DemoClient client) {
        HttpResponse<String> answer = client.get(path);
        assertEquals(302, answer.statusCode());
        assertEquals(location, locationOf(answer));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redirect/3?absolute=true  | absolute-redirect/2
            redirect/1?absolute=true  | get
            absolute-redirect/3       | absolute-redirect/2
            absolute-redirect/1       | get
            """)
    void aChainGoesOnAbsolutely(String path, String location, DemoClient client) {
        assertEquals(client.baseUrl() + location, locationOf(client.get(path)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            url=/get%3Fx=1                       | 302 | /get?x=1
            url=http://other.example/&status_code=307 | 307 | http://other.example/
            url=/get&status_code=308             | 308 | /get
            url=/get&status_code=200             | 302 | /get
            """)
    void aSingleRedirectLeadsWhereAsked(String query, int status, String location, DemoClient client) {
        HttpResponse<String> answer = client.get("redirect-to?" + query);
        assertEquals(status, answer.statusCode());
        assertEquals(location, locationOf(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void anyMethodIsRedirected(String method, DemoClient client) {
        assertEquals(
                307,
                client.send(method, "redirect-to?url=/anything&status_code=307", "")
                        .statusCode());
    }

    @Test
    void aTargetThatIsNoHeaderValueIsABadRequest(DemoClient client) {
        assertEquals(400, client.status("redirect-to?url=/get%0d%0aSet-Cookie:%20a=b"));
    }

    private static String locationOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("none");
    }
}
