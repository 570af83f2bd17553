package io.martlet.internal.http1;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Strings that most responses hold, found by their bytes, so that they need not be made each time. Exact in case. */
final class KnownText {
    /** Names of header fields, as RFC 9110 spells them and in lower case, as many proxies do. */
    static final KnownText NAMES = new KnownText(withLowerCase("""
            Accept-Ranges Access-Control-Allow-Credentials Access-Control-Allow-Headers Access-Control-Allow-Methods
            Access-Control-Allow-Origin Access-Control-Expose-Headers Access-Control-Max-Age Age Allow Alt-Svc
            Cache-Control Connection Content-Disposition Content-Encoding Content-Language Content-Length
            Content-Location Content-Range Content-Security-Policy Content-Type Date ETag Expires Keep-Alive
            Last-Modified Link Location Pragma Proxy-Authenticate Referrer-Policy Retry-After Server Server-Timing
            Set-Cookie Strict-Transport-Security Trailer Transfer-Encoding Upgrade Vary Via WWW-Authenticate X-Cache
            X-Content-Type-Options X-Frame-Options X-Powered-By X-RateLimit-Limit X-RateLimit-Remaining
            X-RateLimit-Reset X-Request-Id X-XSS-Protection"""));

    /** Values of header fields. */
    static final KnownText VALUES = new KnownText(List.of("""
            * | 0 | 1; mode=block | Accept | Accept-Encoding | DENY | Keep-Alive | Origin | SAMEORIGIN
            application/json | application/json; charset=utf-8 | application/json;charset=utf-8
            application/json; charset=UTF-8 | application/json;charset=UTF-8 | application/octet-stream | br | bytes
            chunked | close | cloudflare | deflate | gzip | image/jpeg | image/png | keep-alive | max-age=0 | nginx
            no-cache | no-cache, no-store, must-revalidate | no-referrer | no-store | none | nosniff | private | public
            text/css | text/event-stream | text/html | text/html; charset=utf-8 | text/html; charset=UTF-8
            text/html;charset=utf-8 | text/plain | text/plain; charset=utf-8 | text/plain; charset=UTF-8
            text/plain;charset=utf-8 | timeout=5 | timeout=60 | true | false | zstd""".split("\\n| \\| ")));

    /** Reason phrases. */
    static final KnownText REASONS = new KnownText(List.of("""
            Continue | Switching Protocols | Early Hints | OK | Created | Accepted | No Content | Partial Content
            Moved Permanently | Found | See Other | Not Modified | Temporary Redirect | Permanent Redirect | Bad Request
            Unauthorized | Forbidden | Not Found | Method Not Allowed | Conflict | Gone | Too Many Requests
            Internal Server Error | Bad Gateway | Service Unavailable | Gateway Timeout""".split("\\n| \\| ")));

    private final byte[][] keys;
    private final String[] texts;
    private final int mask;
    private final int longest;

    private KnownText(List<String> strings) {
        // At most a quarter full: what is not in the table mostly meets an empty place at once.
        int places = Integer.highestOneBit(strings.size() * 4) * 2;
        mask = places - 1;
        keys = new byte[places][];
        texts = new String[places];
        for (String text : strings) {
            put(text, text.getBytes(StandardCharsets.ISO_8859_1));
        }
        longest = strings.stream().mapToInt(String::length).max().orElse(0);
    }

    /** The string of these bytes; null when it is none of the known ones. */
    @Nullable
    String find(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 0 || length > longest) {
            return null;
        }
        for (int place = hash(bytes, from, to) & mask; keys[place] != null; place = place + 1 & mask) {
            byte[] key = keys[place];
            if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
                return texts[place];
            }
        }
        return null;
    }

    private void put(String text, byte[] key) {
        int place = hash(key, 0, key.length) & mask;
        while (keys[place] != null) {
            place = place + 1 & mask;
        }
        keys[place] = key;
        texts[place] = text;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int length = to - from;
        int hash = length * 31 + bytes[from];
        hash = hash * 31 + bytes[from + length / 2];
        hash = hash * 31 + bytes[to - 1];
        return hash ^ hash >>> 7;
    }

    private static List<String> withLowerCase(String names) {
        return Stream.of(names, names.toLowerCase(Locale.ROOT))
                .flatMap(spelling -> Stream.of(spelling.split("\\s+")))
                .toList();
    }
}
