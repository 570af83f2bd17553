package io.martlet.samples.fetch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.martlet.samples.fetch.FetchResult.Body;
import io.martlet.samples.fetch.FetchResult.Failure;
import io.martlet.samples.fetch.FetchResult.Head;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object a line, each with the same keys in the same order. In ASCII: whatever a header holds, no reader takes
 * it for the end of a line, and no terminal for a command.
 */
final class JsonLines implements Report {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final LineOutput out;

    JsonLines(LineOutput out) {
        this.out = out;
    }

    @Override
    public void begin() {}

    @Override
    public void result(FetchResult result) throws IOException {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            write(json, result);
            json.writeEndObject();
        }
        out.line(text.toString());
    }

    private static void write(JsonGenerator json, FetchResult result) throws IOException {
        Head head = result.head();
        Body body = result.body();
        json.writeNumberField("index", result.index());
        json.writeStringField("url", result.url());
        json.writeStringField("finalUrl", head == null ? null : head.finalUrl());
        writeNumber(json, "status", head == null ? null : head.status());
        json.writeStringField("reason", head == null ? null : head.reason());
        json.writeStringField(
                "httpVersion", head == null ? null : head.version().toString());
        writeNumber(json, "bytes", body == null ? null : body.bytes());
        json.writeStringField("sha256", body == null ? null : body.sha256());
        json.writeNumberField("elapsedMs", result.elapsedMillis());
        json.writeNumberField("attempts", result.attempts());
        writeNumber(json, "redirects", head == null ? null : head.redirects());
        writeHeaders(json, head);
        writeFailure(json, result.failure());
    }

    private static void writeHeaders(JsonGenerator json, @Nullable Head head) throws IOException {
        if (head == null) {
            json.writeNullField("headers");
            return;
        }
        json.writeObjectFieldStart("headers");
        for (Map.Entry<String, List<String>> header : head.headers().toMap().entrySet()) {
            json.writeArrayFieldStart(header.getKey());
            for (String value : header.getValue()) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeFailure(JsonGenerator json, @Nullable Failure failure) throws IOException {
        if (failure == null) {
            json.writeNullField("error");
            return;
        }
        json.writeObjectFieldStart("error");
        json.writeStringField("type", failure.type());
        json.writeStringField("phase", failure.phase());
        json.writeStringField("message", failure.message());
        json.writeEndObject();
    }

    private static void writeNumber(JsonGenerator json, String name, @Nullable Number value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value.longValue());
        }
    }
}
