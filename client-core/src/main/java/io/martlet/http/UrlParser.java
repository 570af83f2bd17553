package io.martlet.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The basic URL parser of the URL standard (https://url.spec.whatwg.org/#concept-basic-url-parser) for http and https.
 *
 * <p>For these two schemes the standard's state machine is the same as cutting off the fragment, the query and the
 * authority, in this order; a backslash counts as a slash.
 */
final class UrlParser {
    private static final int MAX_PORT = 65_535;

    private final String text;
    private final int pathEnd;
    private final @Nullable String query;
    private final @Nullable String fragment;

    private UrlParser(String text) {
        this.text = text;
        int hash = text.indexOf('#');
        int end = hash < 0 ? text.length() : hash;
        int mark = text.indexOf('?');
        boolean hasQuery = mark >= 0 && mark < end;
        this.pathEnd = hasQuery ? mark : end;
        this.query = hasQuery ? PercentEncoding.QUERY.encode(text, mark + 1, end) : null;
        this.fragment = hash < 0 ? null : PercentEncoding.FRAGMENT.encode(text, hash + 1, text.length());
    }

    /** Parses an absolute URL or, with a base, also a relative one. */
    static Url parse(String input, @Nullable Url base) {
        return new UrlParser(strip(input)).parse(base);
    }

    /** Reads an absolute URL whose path and query are sent exactly as they are written. */
    static Url raw(String input) {
        for (int i = 0; i < input.length(); i++) {
            char c = input.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '#') {
                throw new UrlSyntaxException("a raw URL cannot contain " + UrlSyntaxException.name(c));
            }
        }
        UrlParser parser = new UrlParser(input);
        int colon = parser.schemeEnd();
        if (colon < 0 || !input.startsWith("://", colon)) {
            throw new UrlSyntaxException("a raw URL starts with http:// or https://");
        }
        int start = colon + 3;
        int end = start;
        while (end < parser.pathEnd && input.charAt(end) != '/') {
            // Programs do not agree on whether a backslash ends the host, so none gets there.
            if (input.charAt(end) == '\\') {
                throw new UrlSyntaxException("a raw URL cannot contain U+005C before its path");
            }
            end++;
        }
        String path = end == parser.pathEnd ? "/" : input.substring(end, parser.pathEnd);
        String query = parser.pathEnd == input.length() ? null : input.substring(parser.pathEnd + 1);
        return parser.authority(httpScheme(input.substring(0, colon)), start, end, path, query, null);
    }

    private Url parse(@Nullable Url base) {
        int colon = schemeEnd();
        if (colon < 0) {
            if (base == null) {
                throw new UrlSyntaxException("it has no scheme: an absolute URL starts with http:// or https://");
            }
            return relative(0, base);
        }
        String scheme = text.startsWith("http:") ? "http" : httpScheme(text.substring(0, colon));
        // "http:x" with a base of the same scheme is relative, a relic that the standard keeps.
        return base != null && base.scheme().equals(scheme) ? relative(colon + 1, base) : absolute(scheme, colon + 1);
    }

    private Url relative(int start, Url base) {
        if (isSlash(start) && isSlash(start + 1)) {
            return absolute(base.scheme(), start);
        }
        if (start == pathEnd) {
            return base.withTarget(base.path(), query == null ? base.query() : query, fragment);
        }
        String path = base.path();
        String parent = isSlash(start) ? "" : path.substring(0, path.lastIndexOf('/'));
        return base.withTarget(path(parent, start), query, fragment);
    }

    private Url absolute(String scheme, int slashes) {
        int start = slashes;
        while (isSlash(start)) {
            start++;
        }
        int end = start;
        while (end < pathEnd && !isSlash(end)) {
            end++;
        }
        return authority(
                scheme, start, end, isPlainPath(end) ? text.substring(end, pathEnd) : path("", end), query, fragment);
    }

    private Url authority(
            String scheme, int start, int end, String path, @Nullable String rawQuery, @Nullable String rawFragment) {
        int at = text.lastIndexOf('@', end - 1);
        int hostStart = at < start ? start : at + 1;
        int hostEnd = hostEnd(hostStart, end);
        String host = HostParser.parse(text.substring(hostStart, hostEnd));
        int port = port(hostEnd, end, Url.defaultPort(scheme));
        return new Url(scheme, at < start ? null : userInfo(start, at), host, port, path, rawQuery, rawFragment);
    }

    /** The first colon outside brackets, or the end. */
    private int hostEnd(int start, int end) {
        boolean inBrackets = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == ':' && !inBrackets) {
                return i;
            }
            inBrackets = c == '[' || inBrackets && c != ']';
        }
        return end;
    }

    private int port(int colon, int end, int defaultPort) {
        if (end - colon <= 1) {
            return defaultPort;
        }
        int port = 0;
        for (int i = colon + 1; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new UrlSyntaxException("the port is not a number");
            }
            port = port * 10 + c - '0';
            if (port > MAX_PORT) {
                throw new UrlSyntaxException("the port is larger than " + MAX_PORT);
            }
        }
        return port;
    }

    /** User and password in encoded form, the colon only with a password; null when both are empty. */
    private @Nullable String userInfo(int start, int end) {
        int colon = text.indexOf(':', start);
        int userEnd = colon < 0 || colon > end ? end : colon;
        String user = PercentEncoding.USERINFO.encode(text, start, userEnd);
        if (userEnd >= end - 1) {
            return user.isEmpty() ? null : user;
        }
        return user + ':' + PercentEncoding.USERINFO.encode(text, userEnd + 1, end);
    }

    /** Whether the path is in its final form: nothing to encode, no segment that begins with a dot, however written. */
    private boolean isPlainPath(int start) {
        if (start == pathEnd || !PercentEncoding.PATH.keeps(text, start, pathEnd)) {
            return false;
        }
        char before = 0;
        for (int i = start; i < pathEnd; i++) {
            char c = text.charAt(i);
            if (c == '\\' || before == '/' && (c == '.' || c == '%')) {
                return false;
            }
            before = c;
        }
        return true;
    }

    /** Appends the segments from {@code start} on to a path without its last slash, and takes the dots out. */
    private String path(String parent, int start) {
        StringBuilder out = new StringBuilder(parent.length() + pathEnd - start + 1).append(parent);
        int segment = isSlash(start) ? start + 1 : start;
        while (true) {
            int end = segment;
            while (end < pathEnd && !isSlash(end)) {
                end++;
            }
            int dots = dots(segment, end);
            if (dots == 2) {
                out.setLength(Math.max(0, out.lastIndexOf("/")));
            }
            if (dots == 0 || end == pathEnd) {
                out.append('/');
            }
            if (dots == 0) {
                PercentEncoding.PATH.encode(text, segment, end, out);
            }
            if (end == pathEnd) {
                return out.toString();
            }
            segment = end + 1;
        }
    }

    /** 1 for "." and 2 for "..", each dot also as "%2e"; 0 for any other segment. */
    private int dots(int start, int end) {
        int dots = 0;
        int i = start;
        while (i < end) {
            if (text.charAt(i) == '.') {
                i++;
            } else if (i + 3 <= end && text.regionMatches(true, i, "%2e", 0, 3)) {
                i += 3;
            } else {
                return 0;
            }
            dots++;
        }
        return dots > 2 ? 0 : dots;
    }

    private boolean isSlash(int index) {
        return index < pathEnd && (text.charAt(index) == '/' || text.charAt(index) == '\\');
    }

    private int schemeEnd() {
        for (int i = 0; i < pathEnd; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i == 0 ? -1 : i;
            }
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean other = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !other)) {
                return -1;
            }
        }
        return -1;
    }

    static String httpScheme(String written) {
        String scheme = written.toLowerCase(Locale.ROOT);
        if (scheme.equals("http") || scheme.equals("https")) {
            return scheme;
        }
        throw new UrlSyntaxException(scheme + ": only http and https URLs can be requested");
    }

    /** Trims C0 controls and spaces at both ends and takes tabs and newlines out, as the standard tells. */
    private static String strip(String input) {
        String trimmed = input.trim();
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            if (c == '\t' || c == '\n' || c == '\r') {
                return trimmed.replace("\t", "").replace("\n", "").replace("\r", "");
            }
        }
        return trimmed;
    }
}
