package io.martlet.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be done with a body, and how its file may be called (RFC 6266).
 *
 * @param type       {@code inline}, {@code attachment} or another token, in lower case
 * @param parameters by name in lower case, in their order; values as given, unquoted
 */
public record ContentDisposition(String type, Map<String, String> parameters) {
    /**
     * A disposition of those parts.
     *
     * @param type {@code inline}, {@code attachment} or another token; put in lower case
     * @param parameters by name in lower case; copied, in their order
     * @throws IllegalArgumentException if {@code type} is not a token
     */
    public ContentDisposition {
        if (!Tokens.isToken(type)) {
            throw new IllegalArgumentException("disposition type " + Tokens.printable(type) + " is not a token");
        }
        type = type.toLowerCase(Locale.ROOT);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads a {@code Content-Disposition} value. A parameter that is malformed is left out; of two with one name the
     * first counts.
     *
     * @param text the value, with or without parameters
     * @return the disposition; empty if it has no type
     */
    public static Optional<ContentDisposition> parse(String text) {
        int semicolon = text.indexOf(';');
        String type = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
        if (!Tokens.isToken(type)) {
            return Optional.empty();
        }
        int from = semicolon < 0 ? text.length() : semicolon;
        return Optional.of(new ContentDisposition(type, new ParameterScanner(text, from, false).scan()));
    }

    /**
     * {@return whether the body is to be saved rather than shown: every type but {@code inline} says so (RFC 6266
     * §4.2)}
     */
    public boolean isAttachment() {
        return !type.equals("inline");
    }

    /**
     * {@return the name that the server gives, as it is: it may be a path, or lead out of a folder; empty if there is
     * none} Use {@link #safeFileName} for files.
     *
     * <p>{@code filename*} (RFC 8187) is preferred to {@code filename}, unless it is malformed or in another charset
     * than UTF-8 and ISO-8859-1.
     */
    public Optional<String> filename() {
        return ExtendedValue.of(parameters, "filename");
    }

    /**
     * {@return the base name of {@link #filename}, fit for a file on any system; empty if nothing is left of it}
     *
     * <p>Folders are cut off, control and direction characters and {@code <>:"|?*} left out, as are dots in front and
     * behind: it is never {@code ".."}, nor hidden, nor a device of Windows. It has at most 200 bytes in UTF-8 and
     * keeps its extension when it is shortened.
     */
    public Optional<String> safeFileName() {
        return filename().flatMap(SafeFileName::of);
    }
}
