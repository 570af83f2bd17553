package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.body.JsonCodec;
import io.martlet.body.RequestBody;
import io.martlet.config.ClientTimeout;
import io.martlet.config.RequestOptions;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientRequestTest {
    private static final Url URL = Url.of("https://h.example/p");

    @Test
    void aBodyThatIsCompressedSaysSoOnce() {
        ClientRequest.Builder builder = ClientRequest.builder(Method.POST, URL)
                .body(RequestBody.text("a"))
                .compress("gzip");

        for (ClientRequest request : List.of(
                builder.build(), builder.build(), builder.build().toBuilder().build())) {
            assertEquals(List.of("gzip"), request.headers().getAll("Content-Encoding"));
            assertEquals("text/plain; charset=utf-8", request.headers().get("Content-Type"));
            assertEquals("a stream of text/plain", request.body().toString());
            assertEquals(true, request.body().isReplayable());
        }
    }

    @Test
    void compressionCanBeTakenBack() {
        ClientRequest request = ClientRequest.builder(Method.POST, URL)
                .body(RequestBody.text("a"))
                .compress("gzip")
                .compress(null)
                .build();

        assertEquals("1 bytes of text/plain", request.body().toString());
    }

    @Test
    void otherHeadersLeaveTheRestAsItIs() {
        ClientRequest request = ClientRequest.builder(Method.POST, URL)
                .body(RequestBody.text("a"))
                .attempt(2)
                .build();

        ClientRequest changed = request.withHeaders(Headers.of("A", "b"));

        assertEquals("{A: b}", changed.headers().toString());
        assertEquals(request, changed.withHeaders(request.headers()));
    }

    @Test
    void aRequestSaysWhatItAcceptsAndWhoIsAsking() {
        ClientRequest request = ClientRequest.builder(Method.GET, URL).build();

        assertEquals("{Accept: */*, User-Agent: martlet/0.1}", request.headers().toString());
        assertSame(RequestBody.EMPTY, request.body());
        assertEquals(RequestOptions.DEFAULT, request.options());
        assertEquals(1, request.attempt());
    }

    @Test
    void aBodyBringsItsContentType() {
        ClientRequest request = ClientRequest.builder(Method.POST, URL)
                .body(RequestBody.text("a"))
                .build();

        assertEquals(
                "{Accept: */*, User-Agent: martlet/0.1, Content-Type: text/plain; charset=utf-8}",
                request.headers().toString());
    }

    @Test
    void fieldsThatAreSetStay() {
        ClientRequest.Builder builder = ClientRequest.builder(Method.POST, URL).body(RequestBody.text("a"));
        builder.headers().set("user-agent", "me").set("accept", "text/html").set("content-type", "text/x");

        assertEquals(
                "{user-agent: me, accept: text/html, content-type: text/x}",
                builder.build().headers().toString());
    }

    @Test
    void aSecondBodyIsRefused() {
        ClientRequest.Builder builder = ClientRequest.builder(Method.POST, URL).body(RequestBody.text("secret"));

        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> builder.body(RequestBody.text("b")));

        assertEquals("body is set already (6 bytes of text/plain); a request has one body", e.getMessage());
    }

    @Test
    void aBodyThatWasRemovedMakesRoomForAnother() {
        RequestBody second = RequestBody.text("b");
        ClientRequest request = ClientRequest.builder(Method.POST, URL)
                .body(RequestBody.text("a"))
                .withoutBody()
                .body(second)
                .build();

        assertSame(second, request.body());
    }

    @Test
    void aCopyOfARequestWithoutBodyTakesOne() {
        RequestBody body = RequestBody.text("b");
        ClientRequest request = ClientRequest.builder(Method.POST, URL).build();

        assertSame(body, request.toBuilder().body(body).build().body());
    }

    @Test
    void parametersAreAppendedToTheQueryInOrder() {
        ClientRequest.Builder builder = ClientRequest.builder(Method.GET, Url.of("http://h/?z=0#f"));
        builder.params().add("b", "1 2");
        builder.params().add("a", "ü");

        assertEquals("http://h/?z=0&b=1+2&a=%C3%BC#f", builder.build().url().toString());
    }

    @ParameterizedTest
    @CsvSource({
        // The encoded forms were made by coreutils' base64.
        "http://user:pass@h/,                dXNlcjpwYXNz",
        "http://Aladdin:open%20sesame@h/,    QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "http://user@h/,                     dXNlcjo=",
        "http://user:@h/,                    dXNlcjo=",
        "http://:pass@h/,                    OnBhc3M=",
        "http://Jos%C3%A9:p%C3%A4ss@h/,      Sm9zw6k6cMOkc3M=",
        "http://Jos\u00e9:p\u00e4ss@h/,      Sm9zw6k6cMOkc3M=",
        "http://u:a%3Ab:c@h/,                dTphOmI6Yw==",
        "http://u:%E6%BC%A2@h/,              dTrmvKI=",
    })
    void userAndPasswordOfTheUrlBecomeBasicInUtf8(String url, String encoded) {
        ClientRequest request = ClientRequest.builder(Method.GET, Url.of(url)).build();

        assertEquals("Basic " + encoded, request.headers().get("Authorization"));
        assertEquals(Url.of("http://h/"), request.url());
    }

    @Test
    void credentialsInUrlAndHeadersAreRefused() {
        ClientRequest.Builder builder = ClientRequest.builder(Method.GET, Url.of("http://me:pw@h/p?token=t"));
        builder.headers().set("authorization", "Bearer b");

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);

        assertEquals(
                "url http://h/p?*** names a user, and there is an Authorization header too; a request has one of them",
                e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/p,                     GET https://h/p",
        "https://me:pw@h:444/p?token=t#f, GET https://h:444/p?***",
        "https://h/?,                     GET https://h/?***",
    })
    void aRequestPrintsItselfWithoutSecrets(String url, String printed) {
        ClientRequest.Builder builder = ClientRequest.builder(Method.GET, Url.of(url));
        builder.headers().set("Cookie", "secret");

        assertEquals(
                printed,
                new ClientRequest(
                                Method.GET,
                                Url.of(url),
                                Headers.EMPTY,
                                Map.of("id", "secret"),
                                RequestBody.text("secret"),
                                RequestOptions.DEFAULT,
                                1,
                                null,
                                Map.of(new Attribute<String>("secret"), "secret"))
                        .toString());
        assertEquals(printed, builder.build().toString());
    }

    @Test
    void anAttributeStaysWithTheRequestUntilItIsTakenAway() {
        Attribute<String> job = new Attribute<>("job");
        ClientRequest request = ClientRequest.builder(Method.GET, URL)
                .attribute(job, "first")
                .attribute(job, "second")
                .attribute(new Attribute<>("job"), "other")
                .build();

        assertEquals("second", request.attribute(job));
        assertEquals("second", request.toBuilder().build().attribute(job));
        assertEquals("second", request.withHeaders(Headers.EMPTY).attribute(job));
        assertNull(request.toBuilder().attribute(job, null).build().attribute(job));
        assertNull(request.attribute(new Attribute<>("job")));
        assertEquals("job", job.toString());
    }

    @Test
    void fieldsThatAreSkippedAreSentOnlyWhereTheyAreSet() {
        ClientRequest.Builder builder = ClientRequest.builder(Method.POST, URL).body(RequestBody.text("a"));
        builder.options().skipAutoHeaders("Accept", "User-Agent", "Content-Type");

        assertEquals(Headers.EMPTY, builder.build().headers());
        assertEquals(Headers.EMPTY, builder.build().toBuilder().build().headers());
        builder.headers().set("Accept", "text/html");
        assertEquals("{Accept: text/html}", builder.build().headers().toString());
    }

    @Test
    void cookiesKeepTheirOrderAndTheLastOfANameCounts() {
        ClientRequest.Builder builder = ClientRequest.builder(Method.GET, URL)
                .cookie("z", "1")
                .cookie("a", "2")
                .cookie("z", "3");

        assertEquals("{z=3, a=2}", builder.build().cookies().toString());
    }

    @Test
    void aCookieThatCannotBeSentIsRefused() {
        ClientRequest.Builder builder = ClientRequest.builder(Method.GET, URL);

        assertThrows(IllegalArgumentException.class, () -> builder.cookie("a", "b;c"));
        builder.cookies().put("a", "b;c");
        assertThrows(IllegalArgumentException.class, builder::build);
    }

    @Test
    void aCopyHasEverythingOfItsRequest() {
        ClientRequest request = ClientRequest.builder(Method.PUT, Url.of("http://u:p@h/?a=1#f"))
                .cookie("a", "b")
                .body(RequestBody.text("a"))
                .timeout(ClientTimeout.NONE)
                .attempt(3)
                .build();

        assertEquals(request, request.toBuilder().build());
    }

    @Test
    void changingACopyDoesNotChangeTheRequest() {
        ClientRequest request = ClientRequest.builder(Method.GET, URL).build();
        ClientRequest.Builder copy = request.toBuilder();
        copy.headers().set("Accept", "text/html");
        copy.params().add("a", "1");
        copy.options().maxRedirects(1);
        ClientRequest changed =
                copy.method(Method.PUT).url(Url.of("http://other/")).attempt(2).build();

        assertEquals("GET https://h.example/p", request.toString());
        assertEquals("*/*", request.headers().get("Accept"));
        assertEquals(10, request.options().maxRedirects());
        assertEquals("PUT http://other/?***", changed.toString());
        assertEquals("text/html", changed.headers().get("Accept"));
        assertEquals(1, changed.options().maxRedirects());
        assertEquals(2, changed.attempt());
    }

    @Test
    void aBuilderBuildsTheSameTwice() {
        ClientRequest.Builder builder =
                ClientRequest.builder(Method.POST, Url.of("http://u:p@h/?a=1")).body(RequestBody.text("a"));
        builder.params().add("b", "2");

        assertEquals(builder.build(), builder.build());
    }

    @Test
    void optionsAreReplacedAsAWhole() {
        RequestOptions options = RequestOptions.DEFAULT.toBuilder()
                .raiseForStatus(true)
                .maxBufferedBody(7)
                .build();

        assertEquals(
                options,
                ClientRequest.builder(Method.GET, URL).options(options).build().options());
    }

    @Test
    void anObjectIsSentAsJsonByTheCodecOfTheOptions() {
        ClientRequest.Builder builder = ClientRequest.builder(Method.POST, URL);
        builder.options().jsonCodec(new ClassNameCodec());
        ClientRequest request = builder.json(42, Integer.class).build();

        assertEquals("application/json", request.headers().get("Content-Type"));
        assertEquals("4 bytes of application/json", request.body().toString());
    }

    @Test
    void anObjectThatCannotBeEncodedIsAnArgumentError() {
        ClientRequest.Builder builder = ClientRequest.builder(Method.POST, URL);
        builder.options().jsonCodec(new ClassNameCodec());

        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> builder.json("x", String.class));

        assertEquals("json: a java.lang.String cannot be encoded: no strings here", e.getMessage());
        assertEquals(IOException.class, e.getCause().getClass());
    }

    @Test
    void anObjectThatHoldsItselfIsAnArgumentError() {
        ClientRequest.Builder builder = ClientRequest.builder(Method.POST, URL);
        builder.options().jsonCodec(new ClassNameCodec());

        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> builder.json(List.of(), List.class));

        assertEquals("json: a java.util.List cannot be encoded: StackOverflowError", e.getMessage());
    }

    @Test
    void withoutCodecTheErrorSaysHowToGetOne() {
        ClientRequest.Builder builder = ClientRequest.builder(Method.POST, URL);

        IllegalStateException e = assertThrows(IllegalStateException.class, () -> builder.json("x", String.class));

        assertEquals(
                "No JSON codec: set one with jsonCodec(…) on the session,"
                        + " or in Java add com.fasterxml.jackson.core:jackson-databind to the class path",
                e.getMessage());
    }

    /** Writes numbers as {@code json}, refuses strings, and comes to no end with lists. */
    private static final class ClassNameCodec implements JsonCodec {
        @Override
        public byte[] encode(Object value, Type type) throws IOException {
            if (type == String.class) {
                throw new IOException("no strings here");
            }
            byte[] text = "json".getBytes(StandardCharsets.UTF_8);
            return type == List.class ? encode(text, type) : text;
        }

        @Override
        public Object decode(byte[] json, Type type) {
            throw new AssertionError("nothing is read here");
        }
    }
}
