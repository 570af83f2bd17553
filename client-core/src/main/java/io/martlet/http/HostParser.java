package io.martlet.http;

import java.util.Locale;

/**
 * Host of an http or https URL: a domain, an IPv4 address, or an IPv6 address in brackets
 * (https://url.spec.whatwg.org/#host-parsing).
 */
final class HostParser {
    /** DNS allows 253; the standard has no limit, but Punycode takes quadratic time. */
    private static final int MAX_LENGTH = 1024;

    private static final String FORBIDDEN = " #/:<>?@[\\]^|%";

    private HostParser() {}

    static String parse(String text) {
        if (text.isEmpty()) {
            throw new UrlSyntaxException("it has no host");
        }
        if (text.length() > MAX_LENGTH) {
            throw new UrlSyntaxException("its host has " + text.length() + " characters, more than " + MAX_LENGTH);
        }
        if (text.charAt(0) == '[') {
            if (!text.endsWith("]")) {
                throw new UrlSyntaxException("the bracket of its IPv6 address is not closed");
            }
            return '[' + Ipv6.canonical(text.substring(1, text.length() - 1)) + ']';
        }
        String host = isPlain(text) ? text : domain(PercentEncoding.decode(text));
        if (endsInNumber(host) && !isCanonicalIpv4(host)) {
            throw new UrlSyntaxException("its host is a number but no IPv4 address in canonical form");
        }
        return host;
    }

    /** Whether the host is in its final form: lower-case letters, digits, hyphens, dots. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static String domain(String decoded) {
        boolean ascii = decoded.chars().allMatch(c -> c < 0x80);
        // The standard checks no label of an ASCII domain, not even "xn--": what is not in the DNS will not resolve.
        String domain = ascii ? decoded.toLowerCase(Locale.ROOT) : Idna.toAscii(decoded);
        if (domain.isEmpty()) {
            throw new UrlSyntaxException("it has no host");
        }
        for (int i = 0; i < domain.length(); i++) {
            char c = domain.charAt(i);
            if (c < ' ' || c == 0x7F || FORBIDDEN.indexOf(c) >= 0) {
                throw new UrlSyntaxException("its host contains " + UrlSyntaxException.name(c));
            }
        }
        return domain;
    }

    /**
     * Whether the last label makes the whole host an IPv4 address
     * (https://url.spec.whatwg.org/#ends-in-a-number-checker).
     */
    private static boolean endsInNumber(String host) {
        int end = host.endsWith(".") ? host.length() - 1 : host.length();
        int start = host.lastIndexOf('.', end - 1) + 1;
        if (start >= end || !isDigit(host.charAt(start))) {
            return false;
        }
        boolean hex = host.startsWith("0x", start);
        for (int i = hex ? start + 2 : start; i < end; i++) {
            if (Character.digit(host.charAt(i), hex ? 16 : 10) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the host is four decimal numbers without leading zeros.
     *
     * <p>The standard would turn {@code 127.1}, {@code 0x7f.1} and {@code 2130706433} into 127.0.0.1. aiohttp and we
     * refuse them: they serve to get past filters that look at the text (SSRF), and no one else writes them.
     */
    private static boolean isCanonicalIpv4(String host) {
        int numbers = 0;
        for (int start = 0; start <= host.length(); numbers++) {
            int dot = host.indexOf('.', start);
            int end = dot < 0 ? host.length() : dot;
            if (!isOctet(host, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return numbers == 4;
    }

    static boolean isOctet(String text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!isDigit(c) || i > start && value == 0) {
                return false;
            }
            value = value * 10 + c - '0';
            if (value > 255) {
                return false;
            }
        }
        return end > start;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
