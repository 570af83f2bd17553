package io.martlet.body;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON as a tree (RFC 8259), for what no class is worth writing. It needs no codec and no library. Immutable.
 *
 * <pre>{@code
 * String first = response.jsonTree().get("posts").at(0).get("title").asText();
 *
 * JsonValue post = JsonValue.builder().put("title", "Hi").put("tags", List.of("a", "b")).build();
 * session.post("posts", request -> request.json(post));
 * }</pre>
 *
 * <p>What is asked for must be there: a value of another kind, a field that is missing, an element beyond the end, a number
 * that does not fit are a {@link JsonMismatchException}, never null and never a guess. {@link #find} asks without insisting.
 */
public sealed interface JsonValue {
    /**
     * {@return the value that {@code json} writes; of several fields of one name in an object, the last}
     *
     * @param json JSON text (RFC 8259)
     * @throws IllegalArgumentException if it is no JSON, nested more than 255 deep, or has a number of more than 1,000
     *     characters; the message says where, and quotes nothing of it
     */
    static JsonValue parse(String json) {
        return JsonTexts.parse(json);
    }

    /**
     * {@return the value that {@code json} writes in UTF-8; a byte order mark is skipped} Otherwise as above.
     *
     * @param json JSON text, not kept
     * @throws IllegalArgumentException also if it is no UTF-8
     */
    static JsonValue parse(byte[] json) {
        return JsonTexts.parse(json);
    }

    /**
     * {@return what JSON has for {@code value}} A {@link Map} by its keys' {@code toString} is an object, an
     * {@link Iterable} an array, a {@link CharSequence} a string; numbers, booleans and null are what they are, and a
     * {@link JsonValue} is itself.
     *
     * @param value any of these, and of these within it
     * @throws IllegalArgumentException if it is anything else, within these too, or a number that is not finite
     */
    static JsonValue of(@Nullable Object value) {
        return JsonTrees.of(value);
    }

    /**
     * {@return an array of what {@link #of} makes of each of {@code elements}}
     *
     * @param elements in their order; none for an empty array
     */
    static JsonValue array(@Nullable Object... elements) {
        return JsonTrees.array(elements);
    }

    /** {@return a builder of an object without fields} */
    static Builder builder() {
        return new Builder();
    }

    /** {@return what it is, for people: {@code an object}, {@code an array}, {@code a string}, …} */
    String kind();

    /**
     * {@return the value of an object's field, {@link JsonNull} included}
     *
     * @param name of the field, in its very case
     * @throws JsonMismatchException if this is no object, or has no such field
     */
    default JsonValue get(String name) {
        JsonValue value = fields().get(name);
        if (value == null) {
            throw JsonMismatchException.noField(name, fields().keySet());
        }
        return value;
    }

    /**
     * {@return the value of an object's field; empty if it has none of that name, or null there}
     *
     * @param name of the field, in its very case
     * @throws JsonMismatchException if this is no object
     */
    default Optional<JsonValue> find(String name) {
        return Optional.ofNullable(fields().get(name)).filter(value -> !value.isNull());
    }

    /**
     * {@return an element of an array}
     *
     * @param index of the element, from 0
     * @throws JsonMismatchException if this is no array, or has no such element
     */
    default JsonValue at(int index) {
        List<JsonValue> elements = elements();
        if (index < 0 || index >= elements.size()) {
            throw new JsonMismatchException("The array has no element " + index + "; it has " + elements.size());
        }
        return elements.get(index);
    }

    /**
     * {@return the fields of an object, in their order}
     *
     * @throws JsonMismatchException if this is no object
     */
    default Map<String, JsonValue> fields() {
        throw JsonMismatchException.kind(this, "an object");
    }

    /**
     * {@return the elements of an array}
     *
     * @throws JsonMismatchException if this is no array
     */
    default List<JsonValue> elements() {
        throw JsonMismatchException.kind(this, "an array");
    }

    /**
     * {@return a string's text} A number is no text; {@code toString} prints whatever it is.
     *
     * @throws JsonMismatchException if this is no string
     */
    default String asText() {
        throw JsonMismatchException.kind(this, "a string");
    }

    /**
     * {@return a whole number; {@code 1.0} and {@code 1e2} are whole}
     *
     * @throws JsonMismatchException if this is no number, has a fraction or does not fit
     */
    default int asInt() {
        try {
            return asDecimal().intValueExact();
        } catch (ArithmeticException e) {
            throw JsonMismatchException.unfit("an int");
        }
    }

    /**
     * {@return a whole number; {@code 1.0} and {@code 1e2} are whole}
     *
     * @throws JsonMismatchException if this is no number, has a fraction or does not fit
     */
    default long asLong() {
        try {
            return asDecimal().longValueExact();
        } catch (ArithmeticException e) {
            throw JsonMismatchException.unfit("a long");
        }
    }

    /**
     * {@return the double next to a number}
     *
     * @throws JsonMismatchException if this is no number, or one that is infinite as a double
     */
    default double asDouble() {
        throw JsonMismatchException.kind(this, "a number");
    }

    /**
     * {@return a number as it was written, with all of its digits}
     *
     * @throws JsonMismatchException if this is no number, or its exponent does not fit an int
     */
    default BigDecimal asDecimal() {
        throw JsonMismatchException.kind(this, "a number");
    }

    /**
     * {@return whether it is {@code true}}
     *
     * @throws JsonMismatchException if this is no boolean
     */
    default boolean asBoolean() {
        throw JsonMismatchException.kind(this, "a boolean");
    }

    /** {@return whether it is {@code null}} */
    default boolean isNull() {
        return false;
    }

    /**
     * An object. Equal to one with equal fields, in whatever order.
     *
     * @param fields its fields, in their order
     */
    record JsonObject(Map<String, JsonValue> fields) implements JsonValue {
        /**
         * An object of those fields.
         *
         * @param fields copied, in their order
         */
        public JsonObject {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String kind() {
            return "an object";
        }

        @Override
        public String toString() {
            return JsonWriter.write(this);
        }
    }

    /**
     * An array.
     *
     * @param elements its elements, in their order
     */
    record JsonArray(List<JsonValue> elements) implements JsonValue {
        /**
         * An array of those elements.
         *
         * @param elements copied, in their order
         */
        public JsonArray {
            elements = List.copyOf(elements);
        }

        @Override
        public String kind() {
            return "an array";
        }

        @Override
        public String toString() {
            return JsonWriter.write(this);
        }
    }

    /**
     * A string.
     *
     * @param asText its text
     */
    record JsonString(String asText) implements JsonValue {
        @Override
        public String kind() {
            return "a string";
        }

        @Override
        public String toString() {
            return JsonWriter.write(this);
        }
    }

    /**
     * A number. Equal to one that is written in the same way: {@code 1.0} is not {@code 1}.
     *
     * @param literal how it is written (RFC 8259 §6)
     */
    record JsonNumber(String literal) implements JsonValue {
        /**
         * The number written so.
         *
         * @param literal how it is written (RFC 8259 §6)
         * @throws IllegalArgumentException if JSON has no such number, or it has more than 1,000 characters
         */
        public JsonNumber {
            JsonTrees.checkNumber(literal);
        }

        @Override
        public double asDouble() {
            double value = Double.parseDouble(literal);
            if (Double.isInfinite(value)) {
                throw JsonMismatchException.unfit("a double");
            }
            return value;
        }

        @Override
        public BigDecimal asDecimal() {
            try {
                return new BigDecimal(literal);
            } catch (NumberFormatException hugeExponent) {
                throw JsonMismatchException.unfit("a BigDecimal");
            }
        }

        @Override
        public String kind() {
            return "a number";
        }

        @Override
        public String toString() {
            return literal;
        }
    }

    /**
     * A boolean.
     *
     * @param asBoolean which of the two
     */
    record JsonBoolean(boolean asBoolean) implements JsonValue {
        @Override
        public String kind() {
            return "a boolean";
        }

        @Override
        public String toString() {
            return String.valueOf(asBoolean);
        }
    }

    /** Nothing, said explicitly. All are equal. */
    record JsonNull() implements JsonValue {
        @Override
        public boolean isNull() {
            return true;
        }

        @Override
        public String kind() {
            return "null";
        }

        @Override
        public String toString() {
            return "null";
        }
    }

    /** Collects an object; not thread-safe. */
    final class Builder {
        private final Map<String, JsonValue> fields = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Sets a field to what {@link JsonValue#of} makes of {@code value}, in the place of one of its name.
         *
         * @param name  of the field
         * @param value what {@link JsonValue#of} takes, null included
         * @return this builder
         * @throws IllegalArgumentException if JSON has nothing for {@code value}
         */
        public Builder put(String name, @Nullable Object value) {
            fields.put(name, JsonValue.of(value));
            return this;
        }

        /** {@return the object collected} */
        public JsonValue build() {
            return new JsonObject(fields);
        }
    }
}
