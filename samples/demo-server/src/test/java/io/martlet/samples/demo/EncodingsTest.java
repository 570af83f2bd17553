package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
class EncodingsTest {

    private enum Coding {
        GZIP("gzip", "gzip", "gzipped", GZIPInputStream::new),
        DEFLATE("deflate", "deflate", "deflated", InflaterInputStream::new),
        BROTLI("brotli", "br", "brotli", BrotliInputStream::new);

        private final String path;
        private final String name;
        private final String flag;
        private final Decoder decoder;

        Coding(String path, String name, String flag, Decoder decoder) {
            this.path = path;
            this.name = name;
            this.flag = flag;
            this.decoder = decoder;
        }
    }

    @FunctionalInterface
    private interface Decoder {
        InputStream open(InputStream encoded) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void theBodyIsInTheCodingThatTheHeaderNames(Coding coding, DemoClient client) throws IOException {
        HttpResponse<byte[]> answer = client.getBytes(coding.path);
        assertEquals(
                coding.name, answer.headers().firstValue("Content-Encoding").orElse(""));
        try (InputStream decoded = coding.decoder.open(new ByteArrayInputStream(answer.body()))) {
            JsonObject json = new JsonObject(new String(decoded.readAllBytes(), StandardCharsets.UTF_8));
            assertEquals(true, json.getBoolean(coding.flag));
            assertEquals("GET", json.getString("method"));
            assertEquals("127.0.0.1", json.getString("origin"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 200_000})
    void storedBrotliOfAnySizeDecodes(int size) throws IOException {
        byte[] plain = new byte[size];
        new Random(size).nextBytes(plain);
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (StoredBrotli brotli = new StoredBrotli(encoded)) {
            brotli.write(plain);
        }
        try (InputStream decoded = new BrotliInputStream(new ByteArrayInputStream(encoded.toByteArray()))) {
            assertArrayEquals(plain, decoded.readAllBytes());
        }
    }

    @Test
    void storedBrotliIsTheOneOfTheRfc() throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (StoredBrotli brotli = new StoredBrotli(encoded)) {
            brotli.write("abc".getBytes(StandardCharsets.US_ASCII));
        }
        // WBITS 0, ISLAST 0, MNIBBLES 00, MLEN - 1 = 2, ISUNCOMPRESSED 1, padding; the bytes; ISLAST 1, ISLASTEMPTY 1.
        assertArrayEquals(new byte[] {0x20, 0x00, 0x10, 'a', 'b', 'c', 0x03}, encoded.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({"aGVsbG8=, hello", "aGVsbG8, hello", "w7w_, ü?"})
    void base64IsDecoded(String encoded, String expected, DemoClient client) {
        assertEquals(expected, client.get("base64/" + encoded).body());
    }

    @Test
    void whatIsNotBase64IsABadRequest(DemoClient client) {
        assertEquals(400, client.status("base64/!!"));
    }

    @Test
    void theUtf8PageHasLettersOfEveryLength(DemoClient client) {
        HttpResponse<String> page = client.get("encoding/utf8");
        assertEquals(
                "text/html; charset=utf-8",
                page.headers().firstValue("Content-Type").orElse(""));
        assertTrue(page.body().contains("ß")
                && page.body().contains("語")
                && page.body().contains("𝄞"));
    }
}
