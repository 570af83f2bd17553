package io.martlet.body;

import io.martlet.http.MediaType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The fields of a form, as {@code application/x-www-form-urlencoded}
 * (https://url.spec.whatwg.org/#urlencoded-serializing): in their order, a name as often as it was given. Immutable.
 *
 * <p>Files are sent by {@link Multipart}.
 */
public final class FormData {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final List<Map.Entry<String, String>> fields;
    private final Charset charset;

    private FormData(List<Map.Entry<String, String>> fields, Charset charset) {
        this.fields = fields;
        this.charset = charset;
    }

    /**
     * {@return fields from names and values in turn}
     *
     * @param namesAndValues a name, its value, the next name, …; none for an empty form
     * @throws IllegalArgumentException if a name has no value
     */
    public static FormData of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "namesAndValues has " + namesAndValues.length + " elements: a name without a value");
        }
        Builder builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /**
     * {@return fields from a map, in its order}
     *
     * @param fields values by name, numbers and booleans as they print; an {@link Iterable} gives a field for each of its
     *     elements
     */
    public static FormData of(Map<String, ?> fields) {
        Builder builder = builder();
        fields.forEach((name, value) -> {
            if (value instanceof Iterable<?> values) {
                values.forEach(each -> builder.add(name, each));
            } else {
                builder.add(name, value);
            }
        });
        return builder.build();
    }

    /** {@return a builder without fields} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return the body to send; replayable}
     *
     * @throws IllegalArgumentException if the charset has no bytes for a character of a field
     */
    public RequestBody toBody() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> field : fields) {
            text.append(text.isEmpty() ? "" : "&");
            append(text, "name of a form field", field.getKey());
            text.append('=');
            append(text, "value of a form field", field.getValue());
        }
        boolean isUsual = charset.equals(StandardCharsets.UTF_8);
        MediaType type = isUsual ? MediaType.FORM : MediaType.FORM.with("charset", charset.name());
        return RequestBody.bytes(text.toString().getBytes(StandardCharsets.US_ASCII), type);
    }

    private void append(StringBuilder text, String what, String part) {
        for (byte octet : TextEncoding.encode(what, part, charset)) {
            if (isKept(octet)) {
                text.append((char) octet);
            } else if (octet == ' ') {
                text.append('+');
            } else {
                text.append('%').append(HEX.toHexDigits(octet));
            }
        }
    }

    private static boolean isKept(byte octet) {
        return octet >= 'a' && octet <= 'z'
                || octet >= 'A' && octet <= 'Z'
                || octet >= '0' && octet <= '9'
                || octet == '*'
                || octet == '-'
                || octet == '.'
                || octet == '_';
    }

    /** The names of the fields; their values may be secrets. */
    @Override
    public String toString() {
        return fields.stream().map(Map.Entry::getKey).collect(Collectors.joining(", ", "FormData[", "]"));
    }

    /** Collects fields in order; not thread-safe. */
    public static final class Builder {
        private final List<Map.Entry<String, String>> fields = new ArrayList<>();
        private Charset charset = StandardCharsets.UTF_8;

        private Builder() {}

        /**
         * Adds a field behind those that are there, also if there is one of this name.
         *
         * @param name  of the field
         * @param value numbers and booleans as they print
         * @return this builder
         */
        public Builder add(String name, Object value) {
            fields.add(new SimpleImmutableEntry<>(name, value.toString()));
            return this;
        }

        /**
         * Sets what the fields are written in.
         *
         * @param charset another one than UTF-8, the default, is named in {@code Content-Type}
         * @return this builder
         */
        public Builder charset(Charset charset) {
            this.charset = charset;
            return this;
        }

        /** {@return the fields collected so far} */
        public FormData build() {
            return new FormData(List.copyOf(fields), charset);
        }
    }
}
