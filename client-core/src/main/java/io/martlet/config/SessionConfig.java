package io.martlet.config;

import io.martlet.auth.Authentication;
import io.martlet.cookie.Cookie;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.ClientRequest;
import io.martlet.http.Headers;
import io.martlet.http.Method;
import io.martlet.http.Url;
import io.martlet.rate.RateLimit;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything a session is told when it is built, its engine, middlewares and cookie jar aside.
 *
 * @param baseUrl   what relative URLs are resolved against (RFC 3986 §5); its path ends in a slash, so that
 *     {@code "posts"} is appended and {@code "/posts"} starts at the root. Null: relative URLs are refused
 * @param headers   fields that every request starts with. {@code Authorization}, {@code Cookie} and
 *     {@code Proxy-Authorization} go to the origin of {@code baseUrl} only, where there is one
 * @param options   what each request may set otherwise; {@code auth} goes to the origin of {@code baseUrl} only, too
 * @param connector how many connections, and how long they are kept
 * @param rateLimit how many requests there are in a time; null for any number
 */
public record SessionConfig(
        @Nullable Url baseUrl,
        Headers headers,
        RequestOptions options,
        ConnectorConfig connector,
        @Nullable RateLimit rateLimit) {

    /** No base URL, no headers, the default of everything else. */
    public static final SessionConfig DEFAULT =
            new SessionConfig(null, Headers.EMPTY, RequestOptions.DEFAULT, ConnectorConfig.DEFAULT);

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    /**
     * The settings as given.
     *
     * @param baseUrl   what relative URLs are resolved against; null: they are refused
     * @param headers   fields that every request starts with
     * @param options   what each request may set otherwise
     * @param connector how many connections, and how long they are kept
     * @param rateLimit how many requests there are in a time; null for any number
     * @throws IllegalArgumentException if the path of {@code baseUrl} does not end in a slash
     */
    public SessionConfig {
        if (baseUrl != null && !baseUrl.path().endsWith("/")) {
            throw new IllegalArgumentException("baseUrl " + baseUrl.redacted()
                    + " must end in \"/\": its last segment would be dropped from each URL");
        }
    }

    /**
     * The settings as given, without a rate limit.
     *
     * @param baseUrl   what relative URLs are resolved against; null: they are refused
     * @param headers   fields that every request starts with
     * @param options   what each request may set otherwise
     * @param connector how many connections, and how long they are kept
     * @throws IllegalArgumentException if the path of {@code baseUrl} does not end in a slash
     */
    public SessionConfig(@Nullable Url baseUrl, Headers headers, RequestOptions options, ConnectorConfig connector) {
        this(baseUrl, headers, options, connector, null);
    }

    /**
     * {@return a request as this session starts it: URL resolved, headers and options set}
     *
     * @param method of the request
     * @param url    absolute, or relative to {@code baseUrl}
     * @throws InvalidUrlException if {@code url} cannot be parsed, or is relative and there is no base URL
     */
    public ClientRequest.Builder newRequest(Method method, String url) throws InvalidUrlException {
        return newRequest(method, resolve(url));
    }

    /**
     * {@return a request as this session starts it: headers and options set}
     *
     * @param method of the request
     * @param url    absolute; what goes to the origin of {@code baseUrl} only is left out for any other
     */
    public ClientRequest.Builder newRequest(Method method, Url url) {
        ClientRequest.Builder request = ClientRequest.builder(method, url).options(options);
        request.headers().addAll(headers);
        if (baseUrl != null && !baseUrl.sameOrigin(url)) {
            ClientRequest.CREDENTIAL_HEADERS.forEach(request.headers()::remove);
            request.options().auth(elsewhere(options.auth()));
        }
        return request;
    }

    /**
     * {@return these settings with cookies that every request starts with: in the {@code Cookie} field of {@link #headers},
     * so that they go where it goes} Those that a server sets have their place once they are in the session's jar.
     *
     * @param cookies values by their names; they come behind those that are there
     * @throws IllegalArgumentException if {@link Cookie#checkPair} refuses one
     */
    public SessionConfig withCookies(Map<String, String> cookies) {
        if (cookies.isEmpty()) {
            return this;
        }
        String before = String.join("; ", headers.getAll("Cookie"));
        String all = (before.isEmpty() ? "" : before + "; ") + Cookie.fieldValue(cookies);
        return new SessionConfig(
                baseUrl, headers.toBuilder().set("Cookie", all).build(), options, connector, rateLimit);
    }

    private static @Nullable Authentication elsewhere(@Nullable Authentication auth) {
        return auth != null && auth.choosesByHost() ? auth : null;
    }

    private Url resolve(String url) throws InvalidUrlException {
        if (baseUrl != null) {
            return baseUrl.resolve(url);
        }
        try {
            return Url.parse(url);
        } catch (InvalidUrlException e) {
            boolean relative = !SCHEME.matcher(url.strip()).matches();
            throw relative ? new InvalidUrlException(e.url(), "it is relative, and the session has no baseUrl") : e;
        }
    }

    /** The settings, without the query of the base URL and without the values of headers that carry credentials. */
    @Override
    public String toString() {
        String base = baseUrl == null ? "none" : baseUrl.redacted();
        return "SessionConfig[baseUrl=" + base + ", headers=" + headers + ", options=" + options + ", connector="
                + connector + ", rateLimit=" + rateLimit + "]";
    }
}
