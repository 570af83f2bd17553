package io.martlet.http;

import java.net.URI;

/** A URL as others read it: as a {@link URI}, and in messages about URLs that were refused. */
final class UrlText {
    /** What RFC 2396, with which {@link URI} is written, allows without escape in every part of a URL. */
    private static final String URI_PUNCTUATION = "_-!.~'()*,;:$&+=@/?";

    private static final String HIDDEN = "***";

    private UrlText() {}

    static URI toUri(Url url) {
        StringBuilder out = new StringBuilder(url.scheme()).append("://");
        String userInfo = url.userInfo();
        if (userInfo != null) {
            append(userInfo, out);
            out.append('@');
        }
        if (url.host().startsWith("[")) {
            out.append(url.authority());
        } else {
            append(url.authority(), out);
        }
        append(url.requestTarget(), out);
        String fragment = url.fragment();
        if (fragment != null) {
            append(fragment, out.append('#'));
        }
        return URI.create(out.toString());
    }

    private static void append(String part, StringBuilder out) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean letterOrDigit = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            if (letterOrDigit || URI_PUNCTUATION.indexOf(c) >= 0 || c == '%' && PercentEncoding.isEscape(part, i)) {
                out.append(c);
            } else {
                PercentEncoding.appendByte(c, out);
            }
        }
    }

    /**
     * A refused URL without what may be a secret: user info, query and fragment.
     *
     * <p>Where they begin cannot be known in what is no URL ({@code http://me:pass/word@host}), so everything between
     * the scheme and the last at sign goes, and the rest too if there is a query or fragment before that sign.
     */
    static String withoutSecrets(String url) {
        int at = url.lastIndexOf('@');
        int mark = 0;
        while (mark < url.length() && url.charAt(mark) != '?' && url.charAt(mark) != '#') {
            mark++;
        }
        if (at < 0) {
            return mark == url.length() ? url : url.substring(0, mark + 1) + HIDDEN;
        }
        int slashes = url.indexOf("//");
        String start = slashes < 0 || slashes > at ? HIDDEN : url.substring(0, slashes + 2) + HIDDEN;
        String end = mark == url.length() ? "" : url.charAt(mark) + HIDDEN;
        return at > mark ? start : start + url.substring(at, mark) + end;
    }
}
