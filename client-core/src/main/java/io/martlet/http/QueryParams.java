package io.martlet.http;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a URL's query: decoded names and values in order, a name may occur several times.
 *
 * <p>Immutable. Equality is that of the pairs and their order. A name or value may be empty, never null.
 *
 * <p>{@link #encoded()} writes them as aiohttp does (application/x-www-form-urlencoded, a space as {@code +}), so the
 * server reads the very pairs that were put in. Text is encoded as UTF-8, a lone surrogate as U+FFFD.
 */
public final class QueryParams implements Iterable<Map.Entry<String, String>> {
    /** No parameters: a URL to which these are appended stays as it is. */
    public static final QueryParams EMPTY = new QueryParams(List.of());

    private final List<Map.Entry<String, String>> entries;

    private QueryParams(List<Map.Entry<String, String>> entries) {
        this.entries = entries;
    }

    /**
     * {@return parameters from names and values in turn: {@code of("q", "kotlin", "page", "2")}}
     *
     * @param namesAndValues name, value, name, value, …, not encoded; none for no parameters
     * @throws IllegalArgumentException if the last name has no value
     */
    public static QueryParams of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "namesAndValues has " + namesAndValues.length + " elements: the last name has no value");
        }
        Builder builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /**
     * {@return parameters from the entries of a map, in its order}
     *
     * @param parameters values by name, not encoded; copied
     */
    public static QueryParams of(Map<String, String> parameters) {
        Builder builder = builder();
        parameters.forEach(builder::add);
        return builder.build();
    }

    /**
     * Reads an encoded query, without its question mark, as the application/x-www-form-urlencoded parser of the URL
     * standard does.
     *
     * <p>Accepts everything: a malformed escape stays as it is, bytes that are not UTF-8 become U+FFFD, a name without
     * an equals sign has the empty value.
     *
     * @param encoded the query; the empty string has no parameters
     * @return names and values, decoded, in their order
     */
    public static QueryParams parse(String encoded) {
        Builder builder = builder();
        for (String pair : encoded.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                builder.add(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return builder.build();
    }

    private static String decode(String text) {
        return PercentEncoding.decode(text.replace('+', ' '));
    }

    /** {@return a builder without parameters} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that starts with these parameters} */
    public Builder toBuilder() {
        return builder().addAll(this);
    }

    /**
     * {@return the first value of a name, or null}
     *
     * @param name compared exactly, case included
     */
    public @Nullable String get(String name) {
        for (Map.Entry<String, String> entry : entries) {
            if (entry.getKey().equals(name)) {
                return entry.getValue();
            }
        }
        return null;
    }

    /**
     * {@return all values of a name in order, an empty list if there are none}
     *
     * @param name compared exactly, case included
     */
    public List<String> getAll(String name) {
        return entries.stream()
                .filter(entry -> entry.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * {@return whether there is a value of that name}
     *
     * @param name compared exactly, case included
     */
    public boolean contains(String name) {
        return get(name) != null;
    }

    /** {@return the different names, in the order of their first occurrence} */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        entries.forEach(entry -> names.add(entry.getKey()));
        return Collections.unmodifiableSet(names);
    }

    /** {@return the pairs in order} */
    public List<Map.Entry<String, String>> entries() {
        return entries;
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return entries.iterator();
    }

    /** {@return the number of pairs} */
    public int size() {
        return entries.size();
    }

    /** {@return whether there are no pairs} */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * {@return the query without question mark, in visible ASCII: {@code q=a+b&page=2}; the empty string if there are
     * no pairs}
     */
    public String encoded() {
        StringBuilder out = new StringBuilder(entries.size() * 16);
        for (Map.Entry<String, String> entry : entries) {
            if (!out.isEmpty()) {
                out.append('&');
            }
            encode(entry.getKey(), out);
            out.append('=');
            encode(entry.getValue(), out);
        }
        return out.toString();
    }

    private static void encode(String text, StringBuilder out) {
        int start = 0;
        for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', start)) {
            PercentEncoding.QUERY_PART.encode(text, start, space, out);
            out.append('+');
            start = space + 1;
        }
        PercentEncoding.QUERY_PART.encode(text, start, text.length(), out);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof QueryParams params && entries.equals(params.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** The same as {@link #encoded()}. */
    @Override
    public String toString() {
        return encoded();
    }

    /** Collects parameters in order. For one thread at a time; may be used on after {@link #build()}. */
    public static final class Builder {
        private final List<Map.Entry<String, String>> entries = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a pair after those that are there, also if there is one of this name.
         *
         * @param name not encoded; may be empty
         * @param value not encoded; may be empty
         * @return this builder
         */
        public Builder add(String name, String value) {
            Objects.requireNonNull(name, "name");
            if (value == null) {
                throw new NullPointerException("value of the query parameter \"" + name + "\"");
            }
            entries.add(new SimpleImmutableEntry<>(name, value));
            return this;
        }

        /**
         * Adds a whole number in decimal.
         *
         * @param name not encoded; may be empty
         * @param value written with a minus sign if it is negative
         * @return this builder
         */
        public Builder add(String name, long value) {
            return add(name, Long.toString(value));
        }

        /**
         * Adds a number as {@link Double#toString(double)} writes it.
         *
         * @param name not encoded; may be empty
         * @param value neither infinite nor NaN
         * @return this builder
         * @throws IllegalArgumentException if it is not finite
         */
        public Builder add(String name, double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("value of the query parameter \"" + name + "\" is " + value);
            }
            return add(name, Double.toString(value));
        }

        /**
         * Adds {@code true} or {@code false}.
         *
         * @param name not encoded; may be empty
         * @param value which of the two
         * @return this builder
         */
        public Builder add(String name, boolean value) {
            return add(name, Boolean.toString(value));
        }

        /**
         * Adds all pairs of others.
         *
         * @param others the pairs, in their order, also where there are some of their names
         * @return this builder
         */
        public Builder addAll(QueryParams others) {
            entries.addAll(others.entries);
            return this;
        }

        /** {@return the parameters collected so far} */
        public QueryParams build() {
            return entries.isEmpty() ? EMPTY : new QueryParams(List.copyOf(entries));
        }
    }
}
