package io.martlet.cookie;

/** Which hosts and paths a cookie goes to: RFC 6265bis §5.1.3 and §5.1.4. */
final class CookieScope {
    private CookieScope() {}

    /** Whether {@code host} is {@code domain}, or a host below it. An address is below nothing. */
    static boolean domainMatches(String host, String domain) {
        int before = host.length() - domain.length() - 1;
        return host.equals(domain)
                || before >= 0 && host.charAt(before) == '.' && host.endsWith(domain) && !isAddress(host);
    }

    /** Whether {@code requestPath} is {@code cookiePath}, or a path below it. */
    static boolean pathMatches(String requestPath, String cookiePath) {
        if (!requestPath.startsWith(cookiePath)) {
            return false;
        }
        return requestPath.length() == cookiePath.length()
                || cookiePath.endsWith("/")
                || requestPath.charAt(cookiePath.length()) == '/';
    }

    /** The path of a cookie that names none: the folder of what was requested. */
    static String defaultPath(String requestPath) {
        int slash = requestPath.lastIndexOf('/');
        return slash <= 0 ? "/" : requestPath.substring(0, slash);
    }

    /** Whether {@code host}, as a URL has it, is an IP address. A URL takes no other host that ends in a number. */
    static boolean isAddress(String host) {
        int end = host.endsWith(".") ? host.length() - 1 : host.length();
        int start = host.lastIndexOf('.', end - 1) + 1;
        return host.startsWith("[") || start < end && isNumber(host, start, end);
    }

    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
