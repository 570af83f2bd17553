package io.martlet.samples.fetch.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.martlet.http.Headers;
import io.martlet.samples.fetch.text.Secrets;
import io.martlet.samples.fetch.trace.FetchResult;
import io.martlet.samples.fetch.trace.FetchResult.Body;
import io.martlet.samples.fetch.trace.FetchResult.Failure;
import io.martlet.samples.fetch.trace.FetchResult.Head;
import io.martlet.samples.fetch.trace.Hop;
import io.martlet.samples.fetch.trace.Hop.Timings;
import io.martlet.trace.TraceEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object a line, each with the same keys in the same order. In ASCII: whatever a header holds, no reader takes
 * it for the end of a line, and no terminal for a command.
 */
public final class JsonLines implements Report {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final LineOutput out;

    private final boolean showSecrets;

    public JsonLines(LineOutput out, boolean showSecrets) {
        this.out = out;
        this.showSecrets = showSecrets;
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

    private void write(JsonGenerator json, FetchResult result) throws IOException {
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
        json.writeStringField("file", body == null ? null : body.file());
        json.writeNumberField("elapsedMs", result.elapsedMillis());
        json.writeNumberField("attempts", result.attempts());
        writeNumber(json, "redirects", head == null ? null : head.redirects());
        writeHeaders(json, "headers", head == null ? null : head.headers());
        writeHeaders(json, "trailers", body == null ? null : body.trailers());
        writeConnection(json, head, result.lastHop());
        writeFailure(json, result.failure());
    }

    private void writeHeaders(JsonGenerator json, String name, @Nullable Headers headers) throws IOException {
        if (headers == null) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, List<String>> header : headers.toMap().entrySet()) {
            json.writeArrayFieldStart(header.getKey());
            for (String value : header.getValue()) {
                json.writeString(showSecrets ? value : Secrets.headerValue(header.getKey(), value));
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeConnection(JsonGenerator json, @Nullable Head head, @Nullable Hop hop) throws IOException {
        boolean isConnected = hop != null && hop.remote() != null;
        json.writeStringField("remoteAddress", isConnected ? Hop.print(hop.remote()) : null);
        if (isConnected) {
            json.writeBooleanField("reused", hop.isReused());
        } else {
            json.writeNullField("reused");
        }
        json.writeStringField(
                "protocol", head == null ? null : head.version().toString().toLowerCase(Locale.ROOT));
        TraceEvent.Secured tls = hop == null ? null : hop.tls();
        if (tls == null) {
            json.writeNullField("tls");
        } else {
            json.writeObjectFieldStart("tls");
            json.writeStringField("version", tls.protocol());
            json.writeStringField("cipherSuite", tls.cipherSuite());
            json.writeBooleanField("resumed", tls.isResumed());
            json.writeEndObject();
        }
        writeTimings(json, hop == null ? null : hop.timings());
    }

    /** In milliseconds, to the microsecond. */
    private static void writeTimings(JsonGenerator json, @Nullable Timings timings) throws IOException {
        if (timings == null) {
            json.writeNullField("timings");
            return;
        }
        json.writeObjectFieldStart("timings");
        writeMillis(json, "queue", timings.queue());
        writeMillis(json, "dns", timings.dns());
        writeMillis(json, "connect", timings.connect());
        writeMillis(json, "tls", timings.tls());
        writeMillis(json, "send", timings.send());
        writeMillis(json, "firstByte", timings.firstByte());
        writeMillis(json, "receive", timings.receive());
        json.writeEndObject();
    }

    private static void writeMillis(JsonGenerator json, String name, @Nullable Duration time) throws IOException {
        if (time == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, Hop.millis(time));
        }
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
