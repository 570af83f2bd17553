package io.martlet.samples.flink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.martlet.error.ClientException;
import io.martlet.error.ClientException.ResponseException;
import io.martlet.error.Phase;
import io.martlet.http.ClientResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What became of one line, as JSON: the same keys, in the same order, as {@code martlet fetch --format jsonl} has them,
 * but for the place in the input, the header fields and the connection. In ASCII.
 *
 * @param url          the URL as it was given, without user and password
 * @param response     what came back; null on failure
 * @param failure      why nothing did; null if something did, of whatever status
 * @param elapsedNanos from the start to the end of the body or the failure
 */
record ResultLine(
        String url,
        @Nullable ClientResponse response,
        @Nullable Exception failure,
        long elapsedNanos) {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** One line, without its end. */
    String toJson() {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("url", url);
            writeHead(json, head());
            writeBody(json);
            json.writeNumberField("elapsedMs", Math.round(elapsedNanos / 1e6));
            json.writeNumberField("attempts", attempts());
            writeRedirects(json, head());
            writeFailure(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return text.toString();
    }

    /** The response, or that which is itself the failure, as at the end of too many redirects. */
    private @Nullable ClientResponse head() {
        return failure instanceof ResponseException judged ? judged.response() : response;
    }

    private int attempts() {
        if (failure instanceof ClientException known) {
            return known.attempt();
        }
        return response == null ? 1 : response.request().attempt();
    }

    private static void writeHead(JsonGenerator json, @Nullable ClientResponse head) throws IOException {
        json.writeStringField("finalUrl", head == null ? null : head.url().toString());
        if (head == null) {
            json.writeNullField("status");
        } else {
            json.writeNumberField("status", head.status());
        }
        json.writeStringField("reason", head == null ? null : head.reason());
        json.writeStringField(
                "httpVersion", head == null ? null : head.version().toString());
    }

    private void writeBody(JsonGenerator json) throws IOException {
        if (response == null) {
            json.writeNullField("bytes");
            json.writeNullField("sha256");
        } else {
            json.writeNumberField("bytes", response.bytes().length);
            json.writeStringField("sha256", sha256(response.bytes()));
        }
    }

    private static void writeRedirects(JsonGenerator json, @Nullable ClientResponse head) throws IOException {
        if (head == null) {
            json.writeNullField("redirects");
        } else {
            json.writeNumberField("redirects", head.history().size());
        }
    }

    private void writeFailure(JsonGenerator json) throws IOException {
        if (failure == null) {
            json.writeNullField("error");
            return;
        }
        String type = failure.getClass().getSimpleName();
        String message = failure.getMessage();
        json.writeObjectFieldStart("error");
        json.writeStringField("type", type);
        json.writeStringField("phase", phase(failure));
        json.writeStringField("message", message == null ? type : message);
        json.writeEndObject();
    }

    private static @Nullable String phase(Exception failure) {
        if (failure instanceof ClientException known) {
            return known.phase().toString();
        }
        return failure instanceof IllegalArgumentException ? Phase.REQUEST.toString() : null;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
