package io.martlet.body;

import io.martlet.body.JsonValue.JsonArray;
import io.martlet.body.JsonValue.JsonObject;
import io.martlet.body.JsonValue.JsonString;
import java.util.Iterator;
import java.util.Map;

/** Writes JSON without blanks. */
final class JsonWriter {
    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    static String write(JsonValue value) {
        JsonWriter writer = new JsonWriter();
        writer.append(value);
        return writer.out.toString();
    }

    private void append(JsonValue value) {
        if (value instanceof JsonObject object) {
            append(object);
        } else if (value instanceof JsonArray array) {
            append(array);
        } else if (value instanceof JsonString string) {
            append(string.asText());
        } else {
            out.append(value);
        }
    }

    private void append(JsonObject object) {
        out.append('{');
        for (Iterator<Map.Entry<String, JsonValue>> it =
                        object.fields().entrySet().iterator();
                it.hasNext(); ) {
            Map.Entry<String, JsonValue> field = it.next();
            append(field.getKey());
            out.append(':');
            append(field.getValue());
            out.append(it.hasNext() ? "," : "");
        }
        out.append('}');
    }

    private void append(JsonArray array) {
        out.append('[');
        for (Iterator<JsonValue> it = array.elements().iterator(); it.hasNext(); ) {
            append(it.next());
            out.append(it.hasNext() ? "," : "");
        }
        out.append(']');
    }

    private void append(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || isHalf(text, i)) {
                out.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** Half of a character: UTF-8 has no bytes for it. */
    private static boolean isHalf(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
