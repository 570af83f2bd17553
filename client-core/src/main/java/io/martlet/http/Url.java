package io.martlet.http;

import io.martlet.error.ClientException.InvalidUrlException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An absolute http or https URL.
 *
 * <p>Immutable; two URLs are equal when all their parts are, user and fragment included. {@link #parse} reads what
 * people and servers write and brings it into the one form of the URL standard (https://url.spec.whatwg.org): scheme
 * and host in lower case, an international name in its {@code xn--} form, the default port and dot segments removed,
 * spaces and everything outside visible ASCII percent-encoded. Escapes that are there stay as they are. {@link #raw}
 * takes path and query exactly as written.
 *
 * <p>Every part is visible ASCII; what is sent to the server, {@link #requestTarget()} and {@link #hostHeader()}, never
 * contains the user, the password or the fragment. {@link #toString()} leaves out user and password.
 */
public final class Url {
    private final String scheme;
    private final @Nullable String userInfo;
    private final String host;
    private final int port;
    private final String path;
    private final @Nullable String query;
    private final @Nullable String fragment;
    private int hash;

    Url(
            String scheme,
            @Nullable String userInfo,
            String host,
            int port,
            String path,
            @Nullable String query,
            @Nullable String fragment) {
        this.scheme = scheme;
        this.userInfo = userInfo;
        this.host = host;
        this.port = port;
        this.path = path;
        this.query = query;
        this.fragment = fragment;
    }

    /**
     * Reads an absolute URL as the URL standard does, with one exception: a host that is a number but not four decimal
     * ones ({@code 127.1}, {@code 0x7f000001}) is refused.
     *
     * @param url as people and servers write it
     * @return the URL in the one form of the standard
     * @throws InvalidUrlException if it is no URL, has no host, or has another scheme than http and https
     */
    public static Url parse(String url) throws InvalidUrlException {
        Objects.requireNonNull(url, "url");
        try {
            return UrlParser.parse(url, null);
        } catch (UrlSyntaxException e) {
            throw invalid(url, e);
        }
    }

    /**
     * The same as {@link #parse}, for URLs that are written in the program.
     *
     * @param url as in {@link #parse}
     * @return the URL in the one form of the standard
     * @throws IllegalArgumentException if it is no such URL
     */
    public static Url of(String url) {
        try {
            return parse(url);
        } catch (InvalidUrlException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Takes path and query exactly as written: no escape, dot segment or backslash is touched. For URLs that are
     * signed.
     *
     * <p>Scheme, user, host and port are read as in {@link #parse}; an empty path becomes "/". What is appended or
     * resolved later is encoded as usual.
     *
     * @param url an absolute URL in visible ASCII, without fragment
     * @return the URL, its path and query as they are in {@code url}
     * @throws IllegalArgumentException if it is no http or https URL, or contains a fragment, a space, a control
     *     character or anything outside ASCII
     */
    public static Url raw(String url) {
        Objects.requireNonNull(url, "url");
        try {
            return UrlParser.raw(url);
        } catch (UrlSyntaxException e) {
            InvalidUrlException cause = invalid(url, e);
            throw new IllegalArgumentException(cause.getMessage(), cause);
        }
    }

    private static InvalidUrlException invalid(String url, UrlSyntaxException e) {
        return new InvalidUrlException(UrlText.withoutSecrets(url), String.valueOf(e.getMessage()));
    }

    /** {@return {@code http} or {@code https}} */
    public String scheme() {
        return scheme;
    }

    /** {@return whether the scheme is https} */
    public boolean isSecure() {
        return scheme.equals("https");
    }

    /**
     * {@return the host in lower case: a domain in ASCII (with its trailing dot, if it is written with one), an IPv4
     * address, or an IPv6 address in brackets: {@code [::1]}}
     */
    public String host() {
        return host;
    }

    /**
     * {@return the port, 80 or 443 if none is written} Port 0 is possible in a URL, though nothing can be requested
     * there.
     */
    public int port() {
        return port;
    }

    /** {@return whether the port is the scheme's own: 80 for http, 443 for https} */
    public boolean isDefaultPort() {
        return port == defaultPort(scheme);
    }

    static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    /**
     * {@return the host, and the port unless it is the default: {@code example.com}, {@code example.com:8080},
     * {@code [::1]:8080}}
     */
    public String authority() {
        return isDefaultPort() ? host : host + ':' + port;
    }

    /** {@return the value of the Host header (RFC 9112 §3.2): {@link #authority()} without the trailing dot of a domain} */
    public String hostHeader() {
        String name = host.length() > 1 && host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return isDefaultPort() ? name : name + ':' + port;
    }

    /** {@return scheme and authority: {@code https://example.com}, {@code https://example.com:8443}} */
    public String origin() {
        return scheme + "://" + authority();
    }

    /**
     * {@return whether scheme, host and port are the same (RFC 6454 §5): the border that credentials do not cross}
     *
     * @param other the URL to compare with, whatever its path, query, user and fragment
     */
    public boolean sameOrigin(Url other) {
        return port == other.port && scheme.equals(other.scheme) && host.equals(other.host);
    }

    /**
     * {@return the user in front of the host, decoded; null if neither user nor password is there, empty if only a
     * password is}
     */
    public @Nullable String username() {
        if (userInfo == null) {
            return null;
        }
        int colon = userInfo.indexOf(':');
        return PercentEncoding.decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
    }

    /** {@return the password in front of the host, decoded; null if there is none or an empty one} */
    public @Nullable String password() {
        int colon = userInfo == null ? -1 : userInfo.indexOf(':');
        return userInfo == null || colon < 0 ? null : PercentEncoding.decode(userInfo.substring(colon + 1));
    }

    /** {@return the path in encoded form; it starts with a slash} */
    public String path() {
        return path;
    }

    /**
     * {@return the query in encoded form without the question mark; null if there is none, empty for a bare question
     * mark}
     */
    public @Nullable String query() {
        return query;
    }

    /** {@return names and values of the query, decoded; empty if there is none} */
    public QueryParams queryParams() {
        return query == null ? QueryParams.EMPTY : QueryParams.parse(query);
    }

    /**
     * {@return the fragment in encoded form without the number sign; null if there is none, empty for a bare number
     * sign}
     */
    public @Nullable String fragment() {
        return fragment;
    }

    /** {@return path and query: the origin-form of the request line (RFC 9112 §3.2.1)} Visible ASCII, never empty. */
    public String requestTarget() {
        return query == null ? path : path + '?' + query;
    }

    /**
     * {@return the URL that a reference means on a page at this URL: a base URL with a relative path, or a
     * {@code Location} header}
     *
     * <p>Path {@code x} replaces the last segment, {@code /x} the whole path, {@code ?q} the query, {@code //h/x} also
     * the host; an absolute URL replaces all. This URL's fragment is never taken over; user and password are, unless
     * the reference has a host.
     *
     * @param reference a relative or absolute URL, read as in {@link #parse}
     * @throws InvalidUrlException if it is no URL reference, or has another scheme than http and https
     */
    public Url resolve(String reference) throws InvalidUrlException {
        Objects.requireNonNull(reference, "reference");
        try {
            return UrlParser.parse(reference, this);
        } catch (UrlSyntaxException e) {
            throw invalid(reference, e);
        }
    }

    /**
     * {@return this URL with parameters appended to its query, whose text stays as it is}
     *
     * @param params what to append, in their order; no parameters change nothing
     */
    public Url appendQuery(QueryParams params) {
        if (params.isEmpty()) {
            return this;
        }
        if (query == null || query.isEmpty()) {
            return withTarget(path, params.encoded(), fragment);
        }
        return withTarget(path, query + (query.endsWith("&") ? "" : "&") + params.encoded(), fragment);
    }

    /**
     * {@return this URL with another fragment}
     *
     * @param fragment without the number sign, encoded where necessary; null removes it
     */
    public Url withFragment(@Nullable String fragment) {
        return withTarget(path, query, fragment == null ? null : PercentEncoding.FRAGMENT.encode(fragment));
    }

    /** {@return this URL without fragment} */
    public Url withoutFragment() {
        return fragment == null ? this : withTarget(path, query, null);
    }

    /** {@return this URL without user and password} */
    public Url withoutUserInfo() {
        return userInfo == null ? this : new Url(scheme, null, host, port, path, query, fragment);
    }

    Url withTarget(String newPath, @Nullable String newQuery, @Nullable String newFragment) {
        return new Url(scheme, userInfo, host, port, newPath, newQuery, newFragment);
    }

    /**
     * {@return this URL for the JDK's own types, with user and password}
     *
     * <p>Characters that the URL standard leaves alone but {@link URI} refuses, such as {@code |} and a percent sign
     * that starts no escape, are percent-encoded, so this never fails. {@link URI#getHost()} is null for a host such as
     * {@code a_b.example}.
     */
    public URI toUri() {
        return UrlText.toUri(this);
    }

    /** {@return the whole URL with user and password} It contains secrets: for requests and storage, not for messages. */
    public String href() {
        return userInfo == null ? toString() : text(userInfo + '@');
    }

    /** {@return the URL for logs and error messages: without user and password, fragment, and what the query says} */
    public String redacted() {
        return origin() + path + (query == null ? "" : "?***");
    }

    /** The URL without user and password. The query may still contain secrets: see {@link #redacted()}. */
    @Override
    public String toString() {
        return text("");
    }

    private String text(String beforeHost) {
        String url = scheme + "://" + beforeHost + authority() + requestTarget();
        return fragment == null ? url : url + '#' + fragment;
    }

    @Nullable
    String userInfo() {
        return userInfo;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || other instanceof Url url
                        && sameOrigin(url)
                        && path.equals(url.path)
                        && Objects.equals(query, url.query)
                        && Objects.equals(fragment, url.fragment)
                        && Objects.equals(userInfo, url.userInfo);
    }

    @Override
    public int hashCode() {
        // A race computes the same value twice, as in String.
        if (hash == 0) {
            hash = Objects.hash(scheme, userInfo, host, port, path, query, fragment);
        }
        return hash;
    }
}
