package io.martlet.samples.fetch.output;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.martlet.http.Headers;
import io.martlet.samples.fetch.text.Secrets;
import io.martlet.samples.fetch.text.Version;
import io.martlet.samples.fetch.trace.FetchResult;
import io.martlet.samples.fetch.trace.Hop;
import io.martlet.samples.fetch.trace.Hop.Timings;
import io.martlet.trace.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP archive (HAR 1.2): an entry for each request that was sent, redirects and retries included, in the order of the
 * results. It holds no bodies. Written as it comes, whole once it is closed. Used by one thread.
 */
public final class HarFile implements AutoCloseable {
    private static final double NOT_THERE = -1;
    private static final Pattern PARAMETER = Pattern.compile("([^&=]+)=?([^&]*)");

    private final JsonGenerator json;
    private final boolean showSecrets;

    /** Begins the file, in the place of what is there. */
    public HarFile(Path file, boolean showSecrets) throws IOException {
        this.json = new JsonFactory().createGenerator(Files.newOutputStream(file), JsonEncoding.UTF8);
        this.showSecrets = showSecrets;
        json.writeStartObject();
        json.writeObjectFieldStart("log");
        json.writeStringField("version", "1.2");
        json.writeObjectFieldStart("creator");
        json.writeStringField("name", "martlet");
        json.writeStringField("version", Version.TEXT.replace("martlet ", ""));
        json.writeEndObject();
        json.writeArrayFieldStart("entries");
    }

    /** Adds what was sent for one URL. */
    public void add(FetchResult result) throws IOException {
        for (Hop hop : result.hops()) {
            json.writeStartObject();
            writeTimes(hop.startMillis(), hop.timings());
            writeRequest(hop);
            boolean isLast = hop == result.lastHop() && result.head() != null;
            writeResponse(hop, isLast ? result.head().reason() : "");
            json.writeObjectFieldStart("cache");
            json.writeEndObject();
            if (hop.remote() != null) {
                json.writeStringField(
                        "serverIPAddress", hop.remote().getAddress().getHostAddress());
            }
            if (hop.local() != null) {
                json.writeStringField("connection", Integer.toString(hop.local().getPort()));
            }
            writeExtras(result, hop);
            json.writeEndObject();
        }
    }

    /** In milliseconds; connect includes the handshake, as in the format's own definition. */
    private void writeTimes(long startMillis, Timings timings) throws IOException {
        double connect = timings.tls() == null
                ? millis(timings.connect())
                : Math.max(0, millis(timings.connect())) + millis(timings.tls());
        double blocked = millis(timings.queue());
        double dns = millis(timings.dns());
        double send = Math.max(0, millis(timings.send()));
        double wait = Math.max(0, millis(timings.firstByte()));
        double receive = Math.max(0, millis(timings.receive()));
        double sum = DoubleStream.of(blocked, dns, connect, send, wait, receive)
                .filter(time -> time > 0)
                .sum();
        json.writeStringField(
                "startedDateTime", Instant.ofEpochMilli(startMillis).toString());
        json.writeNumberField("time", Math.round(sum * 1e3) / 1e3);
        json.writeObjectFieldStart("timings");
        json.writeNumberField("blocked", blocked);
        json.writeNumberField("dns", dns);
        json.writeNumberField("connect", connect);
        json.writeNumberField("ssl", millis(timings.tls()));
        json.writeNumberField("send", send);
        json.writeNumberField("wait", wait);
        json.writeNumberField("receive", receive);
        json.writeEndObject();
    }

    private static double millis(@Nullable Duration time) {
        return time == null ? NOT_THERE : Hop.millis(time);
    }

    private void writeRequest(Hop hop) throws IOException {
        // Without the fragment, as the format has it; it is not sent either.
        String url = hop.request().url().toString().replaceFirst("#.*", "");
        String shown = showSecrets ? url : Secrets.url(url);
        json.writeObjectFieldStart("request");
        json.writeStringField("method", hop.request().method().toString());
        json.writeStringField("url", shown);
        json.writeStringField("httpVersion", "HTTP/1.1");
        HarCookies.writeSent(json, hop.request().headers(), showSecrets);
        writeHeaders(hop.request().headers());
        json.writeArrayFieldStart("queryString");
        int query = shown.indexOf('?');
        if (query >= 0) {
            Matcher parameters = PARAMETER.matcher(shown.substring(query + 1));
            while (parameters.find()) {
                writePair(parameters.group(1), parameters.group(2));
            }
        }
        json.writeEndArray();
        json.writeNumberField("headersSize", -1);
        json.writeNumberField("bodySize", hop.sentBytes());
        json.writeEndObject();
    }

    /** A status of 0 says that there was none. */
    private void writeResponse(Hop hop, String reason) throws IOException {
        Headers headers = hop.responseHeaders();
        json.writeObjectFieldStart("response");
        json.writeNumberField("status", hop.status());
        json.writeStringField("statusText", reason);
        json.writeStringField("httpVersion", "HTTP/1.1");
        HarCookies.writeReceived(json, headers, showSecrets);
        writeHeaders(headers);
        json.writeObjectFieldStart("content");
        json.writeNumberField("size", hop.receivedBytes());
        json.writeStringField("mimeType", headers.firstValue("Content-Type").orElse(""));
        json.writeEndObject();
        String location = headers.firstValue("Location").orElse("");
        json.writeStringField("redirectURL", showSecrets ? location : Secrets.url(location));
        json.writeNumberField("headersSize", -1);
        json.writeNumberField("bodySize", hop.receivedBytes());
        json.writeEndObject();
    }

    private void writeExtras(FetchResult result, Hop hop) throws IOException {
        TraceEvent.Secured tls = hop.tls();
        if (tls != null) {
            json.writeStringField("_tls", tls.protocol() + " " + tls.cipherSuite());
        }
        if (hop.failure() != null) {
            String message = String.valueOf(hop.failure().getMessage());
            json.writeStringField("_error", showSecrets ? message : Secrets.url(message));
        }
        json.writeNumberField("_index", result.index());
        json.writeNumberField("_attempt", hop.request().attempt());
    }

    private void writeHeaders(Headers headers) throws IOException {
        json.writeArrayFieldStart("headers");
        for (var header : headers) {
            String value = header.getValue();
            writePair(header.getKey(), showSecrets ? value : Secrets.headerValue(header.getKey(), value));
        }
        json.writeEndArray();
    }

    private void writePair(String name, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("value", value);
        json.writeEndObject();
    }

    /** Ends the archive: what was begun is closed by the generator. */
    @Override
    public void close() throws IOException {
        json.close();
    }
}
