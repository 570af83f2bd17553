package io.martlet.samples.demo;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A request body as httpbin reads it: as a form when it says so, else as raw data, and as JSON when it happens to be.
 *
 * @param data the text, or a {@code data:} URL when it is not UTF-8; empty for forms
 * @param json null when the data is not JSON
 */
record BodyContent(
        String data,
        Parameters form,
        Parameters files,
        @Nullable Object json) {
    private static final String BINARY = "application/octet-stream";

    static BodyContent of(Exchange exchange) {
        Buffer body = exchange.body();
        HeaderValue type = HeaderValue.parse(exchange.header("Content-Type"));
        if (type.is("application/x-www-form-urlencoded")) {
            return ofForm(Parameters.parse(body.toString()), new Parameters());
        }
        if (type.is("multipart/form-data")) {
            MultipartForm multipart = MultipartForm.parse(body.getBytes(), type.parameter("boundary"));
            return ofForm(multipart.form(), multipart.files());
        }
        String data = textOrDataUrl(body.getBytes(), BINARY);
        return new BodyContent(data, new Parameters(), new Parameters(), Json.decode(body));
    }

    private static BodyContent ofForm(Parameters form, Parameters files) {
        return new BodyContent("", form, files, null);
    }

    static String textOrDataUrl(byte[] bytes, @Nullable String contentType) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            String type = contentType == null ? BINARY : contentType;
            return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
        }
    }
}
