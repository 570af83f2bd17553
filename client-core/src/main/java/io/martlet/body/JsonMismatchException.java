package io.martlet.body;

import java.util.Collection;
import java.util.stream.Collectors;

/** A {@link JsonValue} was asked for what it is not or has not. The message names kinds and fields, and shows no value. */
public final class JsonMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int MOST_NAMES = 10;

    JsonMismatchException(String message) {
        super(message);
    }

    static JsonMismatchException kind(JsonValue found, String expected) {
        return new JsonMismatchException("The JSON value is " + found.kind() + ", not " + expected);
    }

    static JsonMismatchException unfit(String target) {
        return new JsonMismatchException("The number is not " + target + ": too large, or with a fraction");
    }

    static JsonMismatchException noField(String name, Collection<String> names) {
        String present = names.stream()
                .limit(MOST_NAMES)
                .map(JsonMismatchException::quoted)
                .collect(Collectors.joining(", "));
        String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
        return new JsonMismatchException(
                "The object has no field " + quoted(name) + "; it has " + (names.isEmpty() ? "none" : present + more));
    }

    private static String quoted(String name) {
        String shown = name.length() > 50 ? name.substring(0, 50) + "…" : name;
        return new JsonValue.JsonString(shown).toString();
    }
}
