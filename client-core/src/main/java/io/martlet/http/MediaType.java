package io.martlet.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A media type (RFC 9110 §8.3.1), such as {@code application/json; charset=utf-8}.
 *
 * @param type       the part before the slash, in lower case
 * @param subtype    the part after the slash, in lower case
 * @param parameters by name in lower case, in their order; values as given, unquoted
 */
public record MediaType(String type, String subtype, Map<String, String> parameters) {
    /** {@code application/json}. */
    public static final MediaType JSON = new MediaType("application", "json", Map.of());
    /** {@code text/plain; charset=utf-8}. */
    public static final MediaType TEXT = new MediaType("text", "plain", Map.of("charset", "utf-8"));
    /** {@code application/octet-stream}: just bytes. */
    public static final MediaType OCTET_STREAM = new MediaType("application", "octet-stream", Map.of());
    /** {@code application/x-www-form-urlencoded}. */
    public static final MediaType FORM = new MediaType("application", "x-www-form-urlencoded", Map.of());

    /**
     * A media type of those parts.
     *
     * @param type the part before the slash; put in lower case
     * @param subtype the part after the slash; put in lower case
     * @param parameters unquoted values by name, in their order; names are put in lower case, and of two that are the
     *     same then the first counts
     * @throws IllegalArgumentException if type, subtype or a parameter's name is not a token, or a value holds a
     *     control character
     */
    public MediaType {
        type = checkedToken("type", type);
        subtype = checkedToken("subtype", subtype);
        Map<String, String> checked = new LinkedHashMap<>();
        parameters.forEach(
                (name, value) -> checked.putIfAbsent(checkedToken("parameter name", name), checkedValue(name, value)));
        parameters = Collections.unmodifiableMap(checked);
    }

    /**
     * Reads a {@code Content-Type} value.
     *
     * @param text the value, with or without parameters
     * @return the media type, parameters included
     * @throws IllegalArgumentException if {@code text} is not a media type
     */
    public static MediaType parse(String text) {
        return new MediaTypeParser(text).parse();
    }

    /**
     * Reads a {@code Content-Type} value as servers send it. A parameter that is malformed is left out, and costs
     * neither the type nor the others.
     *
     * @param text the value, with or without parameters
     * @return the media type; empty if type or subtype is missing or malformed
     */
    public static Optional<MediaType> tryParse(String text) {
        return MediaTypeParser.tryParse(text);
    }

    /** {@return type and subtype without parameters: {@code application/json}} */
    public String essence() {
        return type + "/" + subtype;
    }

    /** {@return the charset parameter, if there is one and this JVM knows it} */
    public Optional<Charset> charset() {
        String name = parameters.get("charset");
        if (name == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    /** {@return whether this is {@code application/json} or ends in {@code +json} (RFC 6839)} */
    public boolean isJson() {
        return type.equals("application") && subtype.equals("json") || subtype.endsWith("+json");
    }

    /**
     * {@return this type with one parameter more, or replaced}
     *
     * @param name of the parameter, a token, in whatever case
     * @param value unquoted
     */
    public MediaType with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name.toLowerCase(Locale.ROOT), value);
        return new MediaType(type, subtype, more);
    }

    /** As in a {@code Content-Type} header; parameter values are quoted where they must be. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(essence());
        parameters.forEach(
                (name, value) -> text.append("; ").append(name).append('=').append(Tokens.quoteIfNeeded(value)));
        return text.toString();
    }

    private static String checkedToken(String part, String text) {
        if (!Tokens.isToken(text)) {
            throw new IllegalArgumentException("media " + part + " " + Tokens.printable(text) + " is not a token");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static String checkedValue(String name, String value) {
        String fault = Tokens.fieldValueFault(value);
        if (fault != null) {
            throw new IllegalArgumentException("media parameter " + name + " has a " + fault);
        }
        return value;
    }
}
