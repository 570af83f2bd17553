package io.martlet.http;

import java.util.Locale;

/**
 * What is wrong with a URL, thrown inside this package and turned into the public exception by {@link Url}.
 *
 * <p>A reason quotes at most a scheme or one character: the rest of a refused URL may be a password.
 */
final class UrlSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UrlSyntaxException(String reason) {
        super(reason, null, false, false);
    }

    /** Names a character by its code point, so that no control character reaches a log. */
    static String name(int codePoint) {
        return String.format(Locale.ROOT, "U+%04X", codePoint);
    }
}
