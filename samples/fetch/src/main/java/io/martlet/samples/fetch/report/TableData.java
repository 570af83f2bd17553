package io.martlet.samples.fetch.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the table of requests as the page's script reads them: JSON in ASCII, without any character that means
 * something in HTML. Kept as it is written, some 100 bytes a row; beyond a number of rows, or of bytes, they
 * are counted only.
 */
final class TableData {
    /** How many rows there are in the table at most. */
    static final int MAX_ROWS = 100_000;

    /** What they may take, where URLs and messages are long; the last may go beyond it by a little. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .characterEscapes(new HarmlessInHtml())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final JsonGenerator json;
    private final Map<String, Integer> origins = new LinkedHashMap<>();
    private int rows;
    private long left;

    TableData() {
        try {
            json = JSON.createGenerator(text);
            json.writeStartObject();
            json.writeArrayFieldStart("rows");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds a row: its place from 1, the place of its origin, the path, the status, bytes, start and time in microseconds,
     * and where they are told the tries, and what went wrong.
     */
    void add(RequestRow row) throws IOException {
        if (rows == MAX_ROWS || text.size() >= MAX_BYTES) {
            left++;
            return;
        }
        rows++;
        json.writeStartArray();
        json.writeNumber(row.index() + 1);
        json.writeNumber(origins.computeIfAbsent(row.origin(), origin -> origins.size()));
        json.writeString(row.path());
        json.writeNumber(row.status());
        json.writeNumber(row.bytes());
        json.writeNumber(row.startNanos() / 1_000);
        json.writeNumber(row.nanos() / 1_000);
        RequestRow.Problem problem = row.problem();
        if (row.attempts() != 1 || problem != null) {
            json.writeNumber(row.attempts());
        }
        if (problem != null) {
            json.writeString(problem.type());
            json.writeString(
                    problem.phase() == null ? problem.message() : problem.message() + " [" + problem.phase() + "]");
        }
        json.writeEndArray();
    }

    int rows() {
        return rows;
    }

    /** How many were added for which there was no room. */
    long left() {
        return left;
    }

    /** Writes all of it; nothing can be added any more. */
    void writeTo(OutputStream out) throws IOException {
        json.writeEndArray();
        json.writeArrayFieldStart("origins");
        for (String origin : origins.keySet()) {
            json.writeString(origin);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        text.writeTo(out);
    }

    /** What could end a script, or begin a comment in it, is written as {@code \}{@code u003C}. */
    private static final class HarmlessInHtml extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        private final int[] escapes = standardAsciiEscapesForJSON();

        HarmlessInHtml() {
            for (char c : new char[] {'<', '>', '&', '\''}) {
                escapes[c] = ESCAPE_STANDARD;
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return escapes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }
}
