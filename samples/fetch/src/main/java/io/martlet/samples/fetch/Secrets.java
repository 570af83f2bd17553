package io.martlet.samples.fetch;

import static java.util.regex.Matcher.quoteReplacement;

import java.util.Locale;
import java.util.regex.Pattern;

/** Knows by its name what may be a secret, and leaves it out of what is printed. */
final class Secrets {
    static final String HIDDEN = "(hidden)";

    private static final Pattern NAME = Pattern.compile(
            "authorization|cookie|token|secret|passw|passphrase|pwd|credential|signature|session|api-?_?key"
                    + "|(^|[-_])(key|sig|auth|pass)($|[-_])");

    /** {@code name=} in the query of a URL, and its value. */
    private static final Pattern PARAMETER = Pattern.compile("([?&])([^=&#]*)=([^&#]*)");

    /** {@code "name": value} in JSON. */
    private static final Pattern FIELD =
            Pattern.compile("(\"([^\"\\\\]*)\"\\s*:\\s*)(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s,{}\\[\\]\"]+)");

    private static final Pattern USER_INFO = Pattern.compile("//[^/?#]*@");

    private Secrets() {}

    /** Whether a header field, a parameter or a field of a form of that name may hold a secret. */
    static boolean isSecret(String name) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    /** The value of a header field, or that it is hidden. */
    static String headerValue(String name, String value) {
        return isSecret(name) ? HIDDEN : value;
    }

    /** A URL without user, password, and the values of parameters that may be secrets. */
    static String url(String url) {
        String withoutUser = USER_INFO.matcher(url).replaceFirst("//");
        return PARAMETER
                .matcher(withoutUser)
                .replaceAll(found -> quoteReplacement(found.group(1) + found.group(2)) + "="
                        + quoteReplacement(isSecret(found.group(2)) ? "***" : found.group(3)));
    }

    /** A body without the values of what may be secrets in JSON, or in a form. */
    static String text(String body) {
        String json = FIELD.matcher(body)
                .replaceAll(found ->
                        quoteReplacement(found.group(1) + (isSecret(found.group(2)) ? "\"***\"" : found.group(3))));
        return json.startsWith("{") || json.startsWith("[")
                ? json
                : url("?" + json).substring(1);
    }
}
