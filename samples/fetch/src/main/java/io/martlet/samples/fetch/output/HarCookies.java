package io.martlet.samples.fetch.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.martlet.http.Headers;
import io.martlet.samples.fetch.text.Secrets;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The cookies of a request or a response as an archive has them, beside the fields that carry them. */
final class HarCookies {
    private HarCookies() {}

    /** Those of all {@code Cookie} fields, with their values if {@code showValues}. */
    static void writeSent(JsonGenerator json, Headers headers, boolean showValues) throws IOException {
        json.writeArrayFieldStart("cookies");
        for (String field : headers.getAll("Cookie")) {
            for (String pair : field.split(";")) {
                json.writeStartObject();
                writePair(json, pair, showValues);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    /** Those of all {@code Set-Cookie} fields; what the format does not know of is left out. */
    static void writeReceived(JsonGenerator json, Headers headers, boolean showValues) throws IOException {
        json.writeArrayFieldStart("cookies");
        for (String field : headers.getAll("Set-Cookie")) {
            String[] parts = field.split(";");
            json.writeStartObject();
            writePair(json, parts.length == 0 ? "" : parts[0], showValues);
            // Of an attribute that comes twice, the last counts.
            Map<String, String> attributes = new HashMap<>();
            for (int i = 1; i < parts.length; i++) {
                attributes.put(name(parts[i]).toLowerCase(Locale.ROOT), value(parts[i]));
            }
            for (String name : List.of("path", "domain")) {
                if (attributes.containsKey(name)) {
                    json.writeStringField(name, attributes.get(name));
                }
            }
            writeExpires(json, attributes.getOrDefault("expires", ""));
            json.writeBooleanField("httpOnly", attributes.containsKey("httponly"));
            json.writeBooleanField("secure", attributes.containsKey("secure"));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writePair(JsonGenerator json, String pair, boolean showValues) throws IOException {
        json.writeStringField("name", name(pair));
        json.writeStringField("value", showValues ? value(pair) : Secrets.HIDDEN);
    }

    /** Servers write dates in many ways, and the format knows one. */
    private static void writeExpires(JsonGenerator json, String date) throws IOException {
        try {
            ZonedDateTime expires = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            json.writeStringField("expires", expires.toInstant().toString());
        } catch (DateTimeException e) {
            // It is in the header field as it came.
        }
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return (equals < 0 ? pair : pair.substring(0, equals)).strip();
    }

    private static String value(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? "" : pair.substring(equals + 1).strip();
    }
}
