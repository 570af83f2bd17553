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
import org.jspecify.annotations.Nullable;

/** Makes trees of what Java has for the kinds of JSON. */
final class JsonTrees {
    private JsonTrees() {}

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
