package io.martlet.samples.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** The same body in each content coding. */
final class Encodings {
    private Encodings() {}

    static void gzip(Exchange exchange) {
        answer(exchange, "gzip", "gzipped", GZIPOutputStream::new);
    }

    /** RFC 9110 §8.4.1.2: with the zlib wrapping, not the bare stream that the name suggests. */
    static void deflate(Exchange exchange) {
        answer(exchange, "deflate", "deflated", DeflaterOutputStream::new);
    }

    static void brotli(Exchange exchange) {
        answer(exchange, "br", "brotli", StoredBrotli::new);
    }

    static void base64(Exchange exchange) {
        String value = exchange.path().text("value");
        byte[] decoded;
        try {
            decoded = Base64.getUrlDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            throw HttpProblem.badRequest("not Base64 of the URL-safe alphabet: '" + value + "'");
        }
        exchange.bytes("text/html; charset=utf-8", Buffer.buffer(decoded));
    }

    private static void answer(Exchange exchange, String coding, String flag, Coder coder) {
        JsonObject json = new JsonObject()
                .put(flag, true)
                .put("headers", Echo.headersOf(exchange))
                .put("method", exchange.method().name())
                .put("origin", Echo.origin(exchange));
        byte[] encoded = coder.encode(Json.encode(json).getBytes());
        exchange.with("Content-Encoding", coding).bytes("application/json", Buffer.buffer(encoded));
    }

    /** Opens a stream that encodes into another. */
    @FunctionalInterface
    private interface Coder {
        OutputStream open(OutputStream target) throws IOException;

        default byte[] encode(byte[] plain) {
            ByteArrayOutputStream encoded = new ByteArrayOutputStream();
            try (OutputStream stream = open(encoded)) {
                stream.write(plain);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return encoded.toByteArray();
        }
    }
}
