package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.body.JsonCodec;
import io.martlet.error.ClientException.ContentTypeException;
import io.martlet.error.ClientException.JsonException;
import io.martlet.error.ClientException.StatusException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientResponseTest {
    private static final Headers NONE = Headers.EMPTY;

    @ParameterizedTest
    @CsvSource({
        "text/html; charset=utf-8, UTF-8",
        "text/html; charset=iso-8859-1, ISO-8859-1",
        "'text/html; charset=\"UTF-16\"', UTF-16",
        "text/html; charset=klingon, UTF-8",
        "text/html, UTF-8",
        "no media type at all, UTF-8",
    })
    void textIsReadInTheDeclaredCharsetIfItIsKnownAndInUtf8Otherwise(String contentType, Charset charset) {
        ClientResponse response = response(200, Headers.of("Content-Type", contentType), "Ünïcode".getBytes(charset));

        assertEquals("Ünïcode", response.text());
    }

    @Test
    void textWithoutContentTypeIsUtf8() {
        assertEquals(
                "é", response(200, NONE, "é".getBytes(StandardCharsets.UTF_8)).text());
    }

    @Test
    void malformedBytesAreReplaced() {
        assertEquals(
                "a\ufffdb",
                response(200, NONE, new byte[] {'a', (byte) 0xff, 'b'}).text());
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16BE", "UTF-16LE"})
    void aByteOrderMarkTellsTheCharsetAndIsNoPartOfTheText(Charset charset) {
        ClientResponse response = response(200, NONE, "\ufeffé\ufeff".getBytes(charset));

        assertEquals("é\ufeff", response.text());
        assertEquals(charset, response.charset());
        assertEquals("é\ufeff", response.text(charset));
    }

    @Test
    void theDeclaredCharsetCountsMoreThanAByteOrderMark() {
        Headers headers = Headers.of("Content-Type", "text/plain; charset=iso-8859-1");

        assertEquals(
                "þÿ",
                response(200, headers, new byte[] {(byte) 0xfe, (byte) 0xff}).text());
    }

    @Test
    void theCallerCanNameTheCharset() {
        Headers headers = Headers.of("Content-Type", "text/plain; charset=utf-8");

        assertEquals("é", response(200, headers, new byte[] {(byte) 0xe9}).text(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({
        "text/html; charset=utf-8, text/html; charset=utf-8",
        "text/html; =; charset=utf-8, text/html; charset=utf-8",
        "nonsense, application/octet-stream",
        "'', application/octet-stream",
    })
    void theMediaTypeIsOctetStreamWhereItIsMalformed(String contentType, String expected) {
        assertEquals(
                expected,
                response(200, Headers.of("Content-Type", contentType), new byte[0])
                        .mediaType()
                        .toString());
    }

    @Test
    void theMediaTypeIsOctetStreamWhereItIsMissing() {
        assertEquals(MediaType.OCTET_STREAM, response(200, NONE, new byte[0]).mediaType());
    }

    @Test
    void linksOfAllFieldsAreResolvedAgainstTheUrl() {
        ClientResponse response =
                response(200, Headers.of("Link", "<a>; rel=prev", "link", "</b?q>; rel=\"Next last\""), new byte[0]);

        assertEquals(
                List.of("http://h/a", "http://h/b?q"),
                response.links().stream().map(link -> link.url().href()).toList());
        assertEquals(Url.of("http://h/b?q"), response.link("next").orElseThrow().url());
        assertEquals(Optional.empty(), response.link("first"));
        assertEquals(List.of(), response(200, NONE, new byte[0]).links());
    }

    @Test
    void theContentDispositionNamesAFile() {
        Headers headers = Headers.of("Content-Disposition", "attachment; filename=\"../a.txt\"");

        assertEquals(
                Optional.of("a.txt"),
                response(200, headers, new byte[0]).contentDisposition().flatMap(ContentDisposition::safeFileName));
        assertEquals(Optional.empty(), response(200, NONE, new byte[0]).contentDisposition());
    }

    @Test
    void theRealUrlHasItsFragment() {
        assertEquals(
                Url.of("http://h/p?token=t#f"), response(200, NONE, new byte[0]).realUrl());
        assertEquals(Method.GET, response(200, NONE, new byte[0]).method());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 304, 399})
    void aStatusBelow400RaisesNothing(int status) {
        ClientResponse response = response(status, NONE, new byte[0]);

        assertSame(response, response.raiseForStatus());
        assertEquals(true, response.isOk());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 499, 500, 599})
    void aStatusFrom400OnRaisesTheResponse(int status) {
        ClientResponse response = response(status, NONE, new byte[0]);

        StatusException e = assertThrows(StatusException.class, response::raiseForStatus);

        assertEquals(status, e.status());
        assertSame(response, e.response());
        assertEquals(false, response.isOk());
    }

    @Test
    void jsonIsReadByTheCodecOfTheRequest() {
        ClientResponse response = response(200, NONE, "[1]".getBytes(StandardCharsets.UTF_8), echo());

        assertEquals("[1] as java.lang.String", response.json(String.class));
        assertEquals("[1] as java.lang.String", response.json((Type) String.class));
    }

    @Test
    void aPrimitiveClassIsReadAsItsValue() {
        ClientResponse response = response(200, NONE, "1".getBytes(StandardCharsets.UTF_8), codec((json, type) -> 1));

        assertEquals(1, response.json(int.class));
    }

    @Test
    void bytesThatAreNoJsonAreAJsonError() {
        JsonCodec broken = codec((json, type) -> {
            throw new IOException("unexpected end");
        });
        Headers headers = Headers.of("Content-Type", "text/html");
        ClientResponse response = response(200, headers, "<html>".getBytes(StandardCharsets.UTF_8), broken);

        JsonException e = assertThrows(JsonException.class, () -> response.json(List.class));

        assertEquals(
                "GET http://h/p?***: the body (6 bytes of text/html) is not JSON for java.util.List: unexpected end",
                e.getMessage());
        assertSame(response, e.response());
        assertEquals(IOException.class, e.getCause().getClass());
    }

    @Test
    void jsonThatFillsTheStackIsAJsonError() {
        ClientResponse response = response(200, NONE, "[[".getBytes(StandardCharsets.UTF_8), bottomless());

        JsonException e = assertThrows(JsonException.class, () -> response.json(List.class));

        assertEquals(
                "GET http://h/p?***: the body (2 bytes of application/octet-stream) is not JSON for java.util.List:"
                        + " StackOverflowError",
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/problem+json; charset=utf-8", "APPLICATION/JSON"})
    void whatIsCalledJsonPassesTheStrictCheck(String contentType) {
        ClientResponse response = strict(Headers.of("Content-Type", contentType));

        assertSame(response, response.requireJsonType());
        assertEquals("[1] as java.lang.String", response.json(String.class));
    }

    @Test
    void whatIsCalledSomethingElseDoesNot() {
        ClientResponse response = strict(Headers.of("Content-Type", "text/html"));

        ContentTypeException e = assertThrows(ContentTypeException.class, () -> response.json(String.class));

        assertEquals(
                "GET http://h/p?***: the body (3 bytes of text/html) is not called JSON (requireJsonType)",
                e.getMessage());
        assertSame(response, e.response());
        assertThrows(ContentTypeException.class, strict(NONE)::requireJsonType);
    }

    @Test
    void withoutCodecTheErrorSaysHowToGetOne() {
        ClientResponse response = response(200, NONE, new byte[0]);

        IllegalStateException e = assertThrows(IllegalStateException.class, () -> response.json(List.class));

        assertEquals(
                "No JSON codec: set one with jsonCodec(…) on the session,"
                        + " or in Java add com.fasterxml.jackson.core:jackson-databind to the class path",
                e.getMessage());
    }

    @Test
    void aResponsePrintsItselfWithoutSecrets() {
        Headers headers = Headers.of("Content-Type", "text/html; charset=utf-8", "Set-Cookie", "secret");

        assertEquals(
                "201 GET http://h/p?*** (6 bytes of text/html)",
                response(201, headers, "secret".getBytes(StandardCharsets.UTF_8))
                        .toString());
    }

    @Test
    void theUrlIsThatOfTheRequestWithoutFragment() {
        assertEquals(
                Url.of("http://h/p?token=t"), response(200, NONE, new byte[0]).url());
    }

    @Test
    void theHistoryDoesNotChange() {
        List<ClientResponse> given = new ArrayList<>(List.of(response(301, NONE, new byte[0])));
        ClientResponse response =
                new ClientResponse(request(JsonCodec.NONE), HttpVersion.HTTP_1_1, 200, "OK", NONE, new byte[0], given);
        given.clear();

        assertEquals(
                "[301 GET http://h/p?*** (0 bytes of application/octet-stream)]",
                response.history().toString());
        assertThrows(
                UnsupportedOperationException.class, () -> response.history().clear());
    }

    private static ClientResponse response(int status, Headers headers, byte[] bytes) {
        return response(status, headers, bytes, JsonCodec.NONE);
    }

    private static ClientResponse response(int status, Headers headers, byte[] bytes, JsonCodec codec) {
        return new ClientResponse(request(codec), HttpVersion.HTTP_1_1, status, "", headers, bytes, List.of());
    }

    private static ClientResponse strict(Headers headers) {
        ClientRequest.Builder request = request(echo()).toBuilder();
        request.options().requireJsonType(true);
        byte[] body = "[1]".getBytes(StandardCharsets.UTF_8);
        return new ClientResponse(request.build(), HttpVersion.HTTP_1_1, 200, "", headers, body, List.of());
    }

    private static ClientRequest request(JsonCodec codec) {
        ClientRequest.Builder request = ClientRequest.builder(Method.GET, Url.of("http://me:pw@h/p?token=t#f"));
        request.options().jsonCodec(codec);
        return request.build();
    }

    private static JsonCodec echo() {
        return codec((json, type) -> new String(json, StandardCharsets.UTF_8) + " as " + type.getTypeName());
    }

    /** Goes one deeper for each level, and there is no end of levels. */
    private static JsonCodec bottomless() {
        return codec(new Decoder() {
            @Override
            public Object decode(byte[] json, Type type) throws Exception {
                return List.of(decode(json, type));
            }
        });
    }

    private static JsonCodec codec(Decoder decoder) {
        return new JsonCodec() {
            @Override
            public byte[] encode(Object value, Type type) {
                throw new AssertionError("nothing is written here");
            }

            @Override
            public Object decode(byte[] json, Type type) throws Exception {
                return decoder.decode(json, type);
            }
        };
    }

    private interface Decoder {
        Object decode(byte[] json, Type type) throws Exception;
    }
}
