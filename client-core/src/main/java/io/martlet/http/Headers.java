package io.martlet.http;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a message (RFC 9110 §5): ordered, multi-valued, immutable. Names are compared without regard to
 * case and keep the spelling they were given.
 *
 * <p>A name is a token; a value holds no control character but TAB, and no blanks at its ends. Anything else is refused
 * with an {@link IllegalArgumentException} that names the field but, values being secrets at times, not the value.
 * {@link #toString} hides the values of fields that carry credentials, and what of a URL may be a secret.
 */
public final class Headers implements Iterable<Map.Entry<String, String>> {
    /** No fields. */
    public static final Headers EMPTY = new Headers(new String[0]);

    private static final Set<String> SECRET = Set.of(
            "authorization", "proxy-authorization", "cookie", "set-cookie", "www-authenticate", "proxy-authenticate");

    /** Fields that are a URL, whose user info and query may be secrets. */
    private static final Set<String> URLS = Set.of("location", "content-location", "referer");

    /** Name, value, name, value, … */
    private final String[] fields;

    private Headers(String[] fields) {
        this.fields = fields;
    }

    /**
     * {@return fields from names and values in turn}
     *
     * @param namesAndValues name, value, name, value, …; none for no fields
     * @throws IllegalArgumentException if a name has no value, is not a token, or a value holds a control character
     */
    public static Headers of(String... namesAndValues) {
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
     * {@return the first of names and values in turn, as an engine parsed and checked them: nothing is checked again}
     * For engines; others use {@link #builder}.
     *
     * @param namesAndValues name, value, name, value, …; copied as far as they count
     * @param length how many elements of the array count, twice the number of fields
     */
    public static Headers ofChecked(String[] namesAndValues, int length) {
        return length == 0 ? EMPTY : new Headers(Arrays.copyOf(namesAndValues, length));
    }

    /** {@return a builder without fields} */
    public static Builder builder() {
        return new Builder(new ArrayList<>());
    }

    /**
     * {@return these fields, and one more behind them}
     *
     * @param name of the field, whether or not there is one of that name
     * @param value blanks at its ends are cut
     * @throws IllegalArgumentException if {@code name} is not a token or {@code value} holds a control character
     */
    public Headers plus(String name, String value) {
        String checked = Builder.checkedValue(name, value);
        String[] more = Arrays.copyOf(fields, fields.length + 2);
        more[fields.length] = name;
        more[fields.length + 1] = checked;
        return new Headers(more);
    }

    /** {@return a builder that starts with these fields} */
    public Builder toBuilder() {
        return new Builder(new ArrayList<>(List.of(fields)));
    }

    /**
     * {@return the first value of a field; null when there is none}
     *
     * @param name of the field, in whatever case
     */
    public @Nullable String get(String name) {
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                return fields[i + 1];
            }
        }
        return null;
    }

    /**
     * {@return the first value of a field; empty when there is none}
     *
     * @param name of the field, in whatever case
     */
    public Optional<String> firstValue(String name) {
        return Optional.ofNullable(get(name));
    }

    /**
     * {@return all values of a field in their order, each as one field carried it; empty when there is none}
     *
     * @param name of the field, in whatever case
     */
    public List<String> getAll(String name) {
        List<String> values = List.of();
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                values = values.isEmpty() ? new ArrayList<>(2) : values;
                values.add(fields[i + 1]);
            }
        }
        return Collections.unmodifiableList(values);
    }

    /**
     * {@return whether there is a field of that name}
     *
     * @param name in whatever case
     */
    public boolean contains(String name) {
        return get(name) != null;
    }

    /** {@return the names, each once and as first spelled, in alphabetical order} */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < fields.length; i += 2) {
            names.add(fields[i]);
        }
        return Collections.unmodifiableSet(names);
    }

    /** {@return the values by name} The map compares names without regard to case. */
    public Map<String, List<String>> toMap() {
        Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        forEach((name, value) ->
                map.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value));
        map.replaceAll((name, values) -> Collections.unmodifiableList(values));
        return Collections.unmodifiableMap(map);
    }

    /** {@return the number of fields; a repeated name counts each time} */
    public int size() {
        return fields.length / 2;
    }

    /** {@return whether there are no fields} */
    public boolean isEmpty() {
        return fields.length == 0;
    }

    /**
     * Calls an action with each name and value in their order.
     *
     * @param action takes a name, as it was spelled, and its value; called in this thread
     */
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (int i = 0; i < fields.length; i += 2) {
            action.accept(fields[i], fields[i + 1]);
        }
    }

    /** The fields in their order. */
    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < fields.length;
            }

            @Override
            public Map.Entry<String, String> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                next += 2;
                return new SimpleImmutableEntry<>(fields[next - 2], fields[next - 1]);
            }
        };
    }

    /** Whether {@code other} has the same fields in the same order, the names' case aside. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Headers that) || fields.length != that.fields.length) {
            return false;
        }
        for (int i = 0; i < fields.length; i += 2) {
            if (!fields[i].equalsIgnoreCase(that.fields[i]) || !fields[i + 1].equals(that.fields[i + 1])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < fields.length; i += 2) {
            hash = 31 * hash + fields[i].toLowerCase(Locale.ROOT).hashCode();
            hash = 31 * hash + fields[i + 1].hashCode();
        }
        return hash;
    }

    /**
     * The fields, one {@code name: value} after the other; the values of those that carry credentials are hidden, and of
     * {@code Location} and its like user info, query and fragment.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((name, value) -> text.append(text.length() == 1 ? "" : ", ")
                .append(name)
                .append(": ")
                .append(printed(name.toLowerCase(Locale.ROOT), value)));
        return text.append('}').toString();
    }

    private static String printed(String name, String value) {
        if (SECRET.contains(name)) {
            return "(hidden)";
        }
        return URLS.contains(name) ? UrlText.withoutSecrets(value) : value;
    }

    /** Collects fields; not thread-safe. */
    public static final class Builder {
        private final ArrayList<String> fields;

        private Builder(ArrayList<String> fields) {
            this.fields = fields;
        }

        /**
         * Appends a field, whether or not there is one of that name.
         *
         * @param name of the field; keeps this spelling
         * @param value blanks at its ends are cut
         * @return this builder
         * @throws IllegalArgumentException if {@code name} is not a token or {@code value} holds a control character
         */
        public Builder add(String name, String value) {
            String checked = checkedValue(name, value);
            fields.add(name);
            fields.add(checked);
            return this;
        }

        /**
         * Replaces every field of that name by this one, which takes the place of the first.
         *
         * @param name of the field; keeps this spelling
         * @param value blanks at its ends are cut
         * @return this builder
         * @throws IllegalArgumentException if {@code name} is not a token or {@code value} holds a control character
         */
        public Builder set(String name, String value) {
            String checked = checkedValue(name, value);
            int place = indexOf(name, 0);
            if (place < 0) {
                fields.add(name);
                fields.add(checked);
                return this;
            }
            fields.set(place, name);
            fields.set(place + 1, checked);
            removeFrom(place + 2, name);
            return this;
        }

        /**
         * Appends the field unless there is one of that name already.
         *
         * @param name of the field; keeps this spelling
         * @param value blanks at its ends are cut; not looked at if there is such a field
         * @return this builder
         * @throws IllegalArgumentException if there is none, and {@code name} is not a token or {@code value} holds a
         *     control character
         */
        public Builder setIfAbsent(String name, String value) {
            return contains(name) ? this : add(name, value);
        }

        /** The same, for what is known to be a name and a value. */
        Builder setCheckedIfAbsent(String name, String value) {
            if (!contains(name)) {
                fields.add(name);
                fields.add(value);
            }
            return this;
        }

        /**
         * Appends fields, whether or not there are some of their names.
         *
         * @param headers the fields, all of them in their order
         * @return this builder
         */
        public Builder addAll(Headers headers) {
            Collections.addAll(fields, headers.fields);
            return this;
        }

        /**
         * Takes over fields; those of their names that stood here before are gone.
         *
         * @param headers the fields, all of them in their order
         * @return this builder
         */
        public Builder setAll(Headers headers) {
            headers.names().forEach(this::remove);
            return addAll(headers);
        }

        /**
         * Removes every field of that name.
         *
         * @param name in whatever case; one that is not there changes nothing
         * @return this builder
         */
        public Builder remove(String name) {
            removeFrom(0, name);
            return this;
        }

        /**
         * {@return the first value of a field; null when there is none}
         *
         * @param name of the field, in whatever case
         */
        public @Nullable String get(String name) {
            int place = indexOf(name, 0);
            return place < 0 ? null : fields.get(place + 1);
        }

        /**
         * {@return whether there is a field of that name}
         *
         * @param name in whatever case
         */
        public boolean contains(String name) {
            return indexOf(name, 0) >= 0;
        }

        /** {@return the fields collected so far} The builder may be used on. */
        public Headers build() {
            return fields.isEmpty() ? EMPTY : new Headers(fields.toArray(String[]::new));
        }

        private int indexOf(String name, int from) {
            for (int i = from; i < fields.size(); i += 2) {
                if (fields.get(i).equalsIgnoreCase(name)) {
                    return i;
                }
            }
            return -1;
        }

        private void removeFrom(int from, String name) {
            for (int i = indexOf(name, from); i >= 0; i = indexOf(name, i)) {
                fields.subList(i, i + 2).clear();
            }
        }

        /** RFC 9110 §5.5: the blanks are SP and TAB, and no others that Unicode knows. */
        private static String withoutBlanksAround(String value) {
            int start = 0;
            int end = value.length();
            while (start < end && isBlank(value.charAt(start))) {
                start++;
            }
            while (start < end && isBlank(value.charAt(end - 1))) {
                end--;
            }
            return value.substring(start, end);
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t';
        }

        private static String checkedValue(String name, String value) {
            if (!Tokens.isToken(name)) {
                throw new IllegalArgumentException(
                        "header name " + Tokens.printable(name) + " is not a token (RFC 9110 §5.1)");
            }
            String fault = Tokens.fieldValueFault(value);
            if (fault != null) {
                throw new IllegalArgumentException("value of header " + name + " has a " + fault + " (RFC 9110 §5.5)");
            }
            return withoutBlanksAround(value);
        }
    }
}
