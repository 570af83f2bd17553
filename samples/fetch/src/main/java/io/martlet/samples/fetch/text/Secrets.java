package io.martlet.samples.fetch.text;

import static java.util.regex.Matcher.quoteReplacement;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows by its name what may be a secret, and leaves it out of what is printed. */
public final class Secrets {
    public static final String HIDDEN = "(hidden)";

    private static final Pattern NAME = Pattern.compile(
            "authorization|cookie|token|secret|passw|passphrase|pwd|credential|signature|session|api-?_?key"
                    + "|(^|[-_])(key|sig|auth|pass)($|[-_])");

    /** {@code name=} in the query of a URL, or of one that is the value of a parameter, encoded once or more. */
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)(?:[?&]|(%(?:25)*(?:3f|26)))((?:(?!%(?:25)*(?:3f|26|3d))[^=&#?])*)(?:=|%(?:25)*3d)");

    private static final Pattern END = Pattern.compile("[&#]|$");
    private static final Pattern ENCODED_END = Pattern.compile("[&#]|%(?:25)*2[36]|$");

    /** {@code "name": value} in JSON. */
    private static final Pattern FIELD =
            Pattern.compile("(\"([^\"\\\\]*)\"\\s*:\\s*)(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s,{}\\[\\]\"]+)");

    private static final Pattern USER_INFO = Pattern.compile("//[^/?#]*@");

    /** Header fields that hold one. */
    private static final Set<String> URLS = Set.of("location", "content-location", "referer", "refresh", "link");

    private Secrets() {}

    /** Whether a header field, a parameter or a field of a form of that name may hold a secret. */
    public static boolean isSecret(String name) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    /** The value of a header field, of a URL what {@link #url} shows of it, or that it is hidden. */
    public static String headerValue(String name, String value) {
        if (isSecret(name)) {
            return HIDDEN;
        }
        return URLS.contains(name.toLowerCase(Locale.ROOT)) ? url(value) : value;
    }

    /** A URL without user, password, and the values of parameters that may be secrets. */
    public static String url(String url) {
        String withoutUser = USER_INFO.matcher(url).replaceFirst("//");
        StringBuilder shown = new StringBuilder();
        Matcher found = PARAMETER.matcher(withoutUser);
        int copied = 0;
        int from = 0;
        while (found.find(from)) {
            from = found.end();
            if (isSecret(found.group(2))) {
                Matcher end = (found.group(1) == null ? END : ENCODED_END).matcher(withoutUser);
                shown.append(withoutUser, copied, from).append("***");
                from = end.find(from) ? end.start() : withoutUser.length();
                copied = from;
            }
        }
        return shown.append(withoutUser, copied, withoutUser.length()).toString();
    }

    /** A body without the values of what may be secrets in JSON, or in a form. */
    public static String text(String body) {
        String json = FIELD.matcher(body)
                .replaceAll(found ->
                        quoteReplacement(found.group(1) + (isSecret(found.group(2)) ? "\"***\"" : found.group(3))));
        return json.startsWith("{") || json.startsWith("[")
                ? json
                : url("?" + json).substring(1);
    }
}
