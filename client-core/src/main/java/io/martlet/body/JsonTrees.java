package io.martlet.body;

import io.martlet.body.JsonValue.JsonArray;
import io.martlet.body.JsonValue.JsonBoolean;
import io.martlet.body.JsonValue.JsonNull;
import io.martlet.body.JsonValue.JsonNumber;
import io.martlet.body.JsonValue.JsonObject;
import io.martlet.body.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes trees of what Java has for the kinds of JSON. */
final class JsonTrees {
    /** As Jackson has it: what computes with a number takes time by the square of its length. */
    private static final int MAX_NUMBER = 1000;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?");

    private JsonTrees() {}

    static void checkNumber(String literal) {
        if (literal.length() > MAX_NUMBER) {
            throw new IllegalArgumentException(
                    "The number has " + literal.length() + " characters; most are " + MAX_NUMBER);
        }
        if (!NUMBER.matcher(literal).matches()) {
            throw new IllegalArgumentException("It is no number of JSON (RFC 8259 §6)");
        }
    }

    static JsonValue of(@Nullable Object value) {
        if (value == null) {
            return new JsonNull();
        } else if (value instanceof JsonValue tree) {
            return tree;
        } else if (value instanceof CharSequence text) {
            return new JsonString(text.toString());
        } else if (value instanceof Number number) {
            return number(number);
        } else if (value instanceof Boolean truth) {
            return new JsonBoolean(truth);
        } else if (value instanceof Map<?, ?> map) {
            return object(map);
        } else if (value instanceof Iterable<?> elements) {
            return array(elements);
        }
        throw new IllegalArgumentException(
                "JSON has nothing for a " + value.getClass().getName());
    }

    static JsonValue array(@Nullable Object... elements) {
        return array(Arrays.asList(elements));
    }

    private static JsonValue array(Iterable<?> elements) {
        List<JsonValue> values = new ArrayList<>();
        elements.forEach(element -> values.add(of(element)));
        return new JsonArray(values);
    }

    private static JsonValue object(Map<?, ?> map) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        map.forEach((name, value) -> fields.put(String.valueOf(name), of(value)));
        return new JsonObject(fields);
    }

    private static JsonValue number(Number number) {
        double value = number.doubleValue();
        if ((number instanceof Double || number instanceof Float) && !Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no number for " + number);
        }
        return new JsonNumber(number.toString());
    }
}
