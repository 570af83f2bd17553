package io.martlet.samples.fetch.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows by its name what may be a secret, and leaves it out of what is printed. Its patterns take back nothing of what they
 * repeat: for that a JVM needs stack, and texts are long.
 */
public final class Secrets {
    public static final String HIDDEN = "(hidden)";

    private static final String STARS = "***";

    private static final Pattern NAME = Pattern.compile(
            "authorization|cookie|token|secret|passw|passphrase|passcode|pwd|credential|signature|session|sess-?_?id"
                    + "|assertion|csrf|xsrf|jwt|(api|access|private|account|auth|master|shared)-?_?key"
                    + "|(?<![a-z0-9])(key|sig|sid|auth|pass|otp|pin)(?![a-z0-9])");

    /** Fields that say what may be sent, of these names too. */
    private static final String PERMISSIONS = "access-control-";

    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final int MAX_ENCODINGS = 3;

    /** {@code name=} in a URL, or in one that is the value of a parameter, encoded once or more. */
    private static final Pattern PARAMETER = Pattern.compile("(?i)(?:[?&;#\n]|(%(?:25)*+(?:3f|26|3b|23)))"
            + "((?:(?!%(?:25)*+(?:3f|26|3b|23|3d))[^=&#?;\n])*+)(?:=|%(?:25)*+3d)");

    private static final Pattern END = Pattern.compile("[&#]|$");
    private static final Pattern ENCODED_END = Pattern.compile("[&#]|%(?:25)*+2[36]|$");
    private static final Pattern PATH_END = Pattern.compile("[;/?#]|$");

    /** What a host follows, and what follows a host or stands between it and a user; encoded or not. */
    private static final Pattern AUTHORITY = Pattern.compile("(?i)(?:/|%(?:25)*+2f){2}");

    private static final Pattern AUTHORITY_PART =
            Pattern.compile("(?i)(@|%(?:25)*+40)|([/?#]|%(?:25)*+(?:2f|3f|23))|(&|%(?:25)*+26)");

    /** {@code "name":} in JSON, or in JSON that is a string of it. */
    private static final Pattern FIELD = Pattern.compile("(?<!\\\\)\\\\*+\"([^\"\\\\]*+)\\\\*+\"\\s*+:\\s*+");

    private static final Pattern ELEMENT = Pattern.compile("(<([^\\s<>/!?][^\\s<>/]*+)[^<>]*+>)[^<]++");

    /** Header fields that hold one. */
    private static final Set<String> URLS = Set.of("location", "content-location", "referer", "refresh", "link");

    private Secrets() {}

    /** Whether a header field, a parameter or a field of a form of that name may hold a secret. */
    public static boolean isSecret(String name) {
        String words = NEXT_WORD.matcher(decoded(name)).replaceAll("-").toLowerCase(Locale.ROOT);
        return NAME.matcher(words).find() && !words.startsWith(PERMISSIONS);
    }

    private static String decoded(String name) {
        String text = name;
        for (int i = 0; i < MAX_ENCODINGS && text.indexOf('%') >= 0; i++) {
            try {
                text = URLDecoder.decode(text, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return text;
            }
        }
        return text;
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
        String withoutUser = withoutUsers(url);
        int query = withoutUser.indexOf('?');
        StringBuilder shown = new StringBuilder();
        Matcher found = PARAMETER.matcher(withoutUser);
        int copied = 0;
        int from = 0;
        while (found.find(from)) {
            from = found.end();
            if (isSecret(found.group(2))) {
                boolean isInPath = withoutUser.charAt(found.start()) == ';' && (query < 0 || found.start() < query);
                Pattern last = found.group(1) != null ? ENCODED_END : isInPath ? PATH_END : END;
                Matcher end = last.matcher(withoutUser);
                shown.append(withoutUser, copied, from).append(STARS);
                from = end.find(from) ? end.start() : withoutUser.length();
                copied = from;
            }
        }
        return shown.append(withoutUser, copied, withoutUser.length()).toString();
    }

    /** Also without those of URLs that are values of parameters. */
    private static String withoutUsers(String url) {
        int query = url.indexOf('?');
        StringBuilder shown = new StringBuilder();
        Matcher authority = AUTHORITY.matcher(url);
        Matcher part = AUTHORITY_PART.matcher(url);
        int copied = 0;
        int from = 0;
        while (authority.find(from)) {
            from = authority.end();
            boolean isParameter = query >= 0 && query < from;
            int host = from;
            boolean isOver = false;
            while (!isOver && part.find(from)) {
                isOver = part.group(2) != null || part.group(3) != null && isParameter;
                from = isOver ? part.start() : part.end();
                host = part.group(1) != null ? from : host;
            }
            shown.append(url, copied, authority.end());
            copied = host;
        }
        return shown.append(url, copied, url.length()).toString();
    }

    /** A body without the values of what may be secrets in JSON, in XML, or in a form. */
    public static String text(String body) {
        String json = withoutFields(body);
        String start = body.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return json;
        }
        String xml = ELEMENT.matcher(json)
                .replaceAll(found ->
                        Matcher.quoteReplacement(isSecret(found.group(2)) ? found.group(1) + STARS : found.group()));
        return url("?" + xml).substring(1);
    }

    private static String withoutFields(String json) {
        StringBuilder shown = new StringBuilder();
        Matcher field = FIELD.matcher(json);
        int copied = 0;
        int from = 0;
        while (field.find(from)) {
            from = field.end();
            if (isSecret(field.group(1))) {
                String quote = json.substring(field.start(), json.indexOf('"', field.start()) + 1);
                shown.append(json, copied, from).append(quote).append(STARS).append(quote);
                from = valueEnd(json, from);
                copied = from;
            }
        }
        return shown.append(json, copied, json.length()).toString();
    }

    private static int valueEnd(String json, int start) {
        int depth = 0;
        for (int at = start; at < json.length(); ) {
            char c = json.charAt(at);
            if (depth == 0 && at > start && ",}] \t\r\n".indexOf(c) >= 0) {
                return at;
            }
            at = c == '"' || c == '\\' ? stringEnd(json, at) : at + 1;
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        }
        return json.length();
    }

    /** In JSON that is a string each quote has some backslashes more than the text around it. */
    private static int stringEnd(String json, int start) {
        int quote = start;
        while (quote < json.length() && json.charAt(quote) == '\\') {
            quote++;
        }
        int own = quote - start;
        if (quote == json.length() || json.charAt(quote) != '"') {
            return quote;
        }
        int backslashes = 0;
        for (int at = quote + 1; at < json.length(); at++) {
            char c = json.charAt(at);
            if (c == '"' && backslashes >= own && (backslashes - own) % (2 * (own + 1)) == 0) {
                return at + 1;
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        return json.length();
    }
}
