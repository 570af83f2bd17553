package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same requests to this server and to the real one: status, some headers and the body have to be the same. */
@ExtendWith(SharedServer.class)
class HttpbinComparisonTest {
    private static final List<String> COMPARED = List.of(
            "Location",
            "Set-Cookie",
            "WWW-Authenticate",
            "Proxy-Authenticate",
            "ETag",
            "Content-Range",
            "Accept-Ranges",
            "Cache-Control",
            "Content-Encoding");

    private static @Nullable HttpbinProcess httpbin;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        assumeTrue(
                HttpbinProcess.isInstalled(), "skipped: apt-get install python3-httpbin to compare with the real one");
        httpbin = HttpbinProcess.start();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (httpbin != null) {
            httpbin.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            get
            get?a=1&a=2&b=x%20y+z&c=&d
            get?a=%26&=x&&q=a=b&e;f
            anything/a/b%20c
            ip
            delay/0.01?a=1
            stream/1?a=1
            status/200
            status/204
            status/301
            status/304
            status/307
            status/401
            status/404
            status/406
            status/407
            status/500
            status/999
            redirect/1
            redirect/3
            relative-redirect/1
            relative-redirect/3
            redirect-to?url=/get%3Fx=1
            redirect-to?url=http://other.example/a%2520b&status_code=307
            redirect-to?url=/get&status_code=200
            cookies
            cookies/set?a=1&b=x%20y;z
            cookies/set/name/value
            cookies/delete?a&b
            basic-auth/u/p
            hidden-basic-auth/u/p
            bearer
            gzip
            deflate
            brotli
            robots.txt
            response-headers?a=1&a=2&b=x
            cache/60
            etag/v1
            range/30
            base64/aGVsbG8=
            drip?duration=0&numbytes=5&code=201
            """)
    void getIsAnsweredAlike(String path, DemoClient client) {
        compare("GET", path, "", client);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            headers | X-A | 1
            headers | x-a-b_c | x
            headers | Via | x
            headers?show_env=1 | Via | x
            ip | X-Forwarded-For | 10.1.2.3
            user-agent | User-Agent | test/1
            cookies | Cookie | a=1; b="x y"; a=2; c="x\\073y"; d=
            basic-auth/u/p | Authorization | Basic dTpw
            basic-auth/u/p | Authorization | Basic dTpx
            bearer | Authorization | Bearer tok
            cache | If-None-Match | x
            etag/v1 | If-None-Match | W/"v1", "v0"
            etag/v1 | If-None-Match | "v2"
            etag/v1 | If-Match | "v2"
            range/30?chunk_size=7 | Range | bytes=3-
            range/30 | Range | bytes=3-7
            range/30 | Range | bytes=-7
            range/30 | Range | bytes=-70
            range/30 | Range | bytes=30-
            range/30 | Range | bytes=20-40
            range/30 | Range | bytes=0-1,3-4
            """)
    void headersAreReadAlike(String path, String name, String value, DemoClient client) {
        compare("GET", path, "", client, name, value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST   | post               | text/plain        | text
            POST   | post?a=1           | application/json  | {"a":[1,2.5,null,true,"\\u00e4"]}
            POST   | post               | application/json  | [1, 12345678901234567890]
            POST   | post               | application/json  | {bad
            POST   | post               | application/json  | {} {}
            POST   | post               | text/plain        | 17
            POST   | post               | application/x-www-form-urlencoded | a=1&a=2&b=x+y%26&c=&d
            POST   | post               | application/x-www-form-urlencoded | a=%zz&b=%ff
            PUT    | put                | text/plain        | text
            PATCH  | patch              | text/plain        | text
            DELETE | delete             | text/plain        | text
            PUT    | anything/x         | application/json  | "text"
            DELETE | anything           | text/plain        | text
            POST   | status/503         | text/plain        | text
            POST   | response-headers?a=1 | text/plain      | text
            POST   | redirect-to?url=/get | text/plain      | text
            """)
    void bodiesAreReadAlike(String method, String path, String type, String body, DemoClient client) {
        compare(method, path, body, client, "Content-Type", type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name="a"                                                | 1
            name="a b"                                              | x y
            name="f"; filename="f.txt"                              | text
            name="f"; filename="f.txt"\\r\\nContent-Type: text/html | <p>
            name="f"; filename="f\\"g.txt"                          | text
            """)
    void multipartFormsAreReadAlike(String disposition, String content, DemoClient client) {
        String part = "--xyz\r\nContent-Disposition: form-data; " + disposition.replace("\\r\\n", "\r\n") + "\r\n\r\n"
                + content + "\r\n";
        compare("POST", "post", part + "--xyz--\r\n", client, "Content-Type", "multipart/form-data; boundary=xyz");
    }

    @ParameterizedTest
    @CsvSource({"POST, get", "GET, post", "GET, nope", "GET, get/", "OPTIONS, get", "HEAD, get", "HEAD, post"})
    void onlyTheStatusIsTheSame(String method, String path, DemoClient client) {
        assertEquals(
                real().send(method, path, "").statusCode(),
                client.send(method, path, "").statusCode());
    }

    private static void compare(String method, String path, String body, DemoClient client, String... headers) {
        assertEquals(seen(real(), method, path, body, headers), seen(client, method, path, body, headers));
    }

    private static DemoClient real() {
        return new DemoClient(Objects.requireNonNull(httpbin).baseUrl());
    }

    private static String seen(DemoClient client, String method, String path, String body, String... headers) {
        HttpResponse<String> answer = client.send(method, path, body, headers);
        StringBuilder seen = new StringBuilder(method + " " + path + "\n" + answer.statusCode() + "\n");
        for (String name : COMPARED) {
            seen.append(name)
                    .append(": ")
                    .append(answer.headers().allValues(name))
                    .append('\n');
        }
        String host =
                client.baseUrl().substring("http://".length(), client.baseUrl().length() - 1);
        return seen.append(content(answer)).toString().replace(host, "HOST");
    }

    private static String content(HttpResponse<String> answer) {
        boolean isRedirect = answer.statusCode() / 100 == 3;
        boolean isCoded = answer.headers().firstValue("Content-Encoding").isPresent();
        if (isRedirect || isCoded) {
            // A text for people; the bytes of one compressor or another.
            return "";
        }
        boolean isJson = answer.headers().firstValue("Content-Type").orElse("").equals("application/json");
        return isJson ? sorted(Json.decodeValue(answer.body())) : answer.body();
    }

    /** JSON in one order of the names, whichever the server wrote. */
    private static String sorted(@Nullable Object json) {
        if (json instanceof JsonObject object) {
            StringBuilder text = new StringBuilder("{\n");
            new TreeMap<>(object.getMap())
                    .keySet()
                    .forEach(name -> text.append(name).append(": ").append(sorted(object.getValue(name))));
            return text.append("}\n").toString();
        }
        return Json.encode(json) + "\n";
    }
}
