package io.martlet.http;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request method (RFC 9110 §9): a token, in upper case as aiohttp makes it.
 *
 * @param name the token, for example {@code GET}
 */
public record Method(String name) {
    /** Asks for what is there (RFC 9110 §9.3.1). */
    public static final Method GET = new Method("GET");
    /** The same, for the head alone (RFC 9110 §9.3.2). */
    public static final Method HEAD = new Method("HEAD");
    /** Asks what can be done (RFC 9110 §9.3.7). */
    public static final Method OPTIONS = new Method("OPTIONS");
    /** Asks what arrived (RFC 9110 §9.3.8). */
    public static final Method TRACE = new Method("TRACE");
    /** Sends something to be worked on (RFC 9110 §9.3.3). */
    public static final Method POST = new Method("POST");
    /** Puts something in the place of what is there (RFC 9110 §9.3.4). */
    public static final Method PUT = new Method("PUT");
    /** Changes a part of what is there (RFC 5789 §2). */
    public static final Method PATCH = new Method("PATCH");
    /** Removes what is there (RFC 9110 §9.3.5). */
    public static final Method DELETE = new Method("DELETE");
    /** Asks a proxy for a tunnel (RFC 9110 §9.3.6). */
    public static final Method CONNECT = new Method("CONNECT");
    /** A safe request with a body. */
    public static final Method QUERY = new Method("QUERY");

    private static final Map<String, Method> KNOWN = Map.of(
            "GET", GET, "HEAD", HEAD, "OPTIONS", OPTIONS, "TRACE", TRACE, "POST", POST, "PUT", PUT, "PATCH", PATCH,
            "DELETE", DELETE, "CONNECT", CONNECT, "QUERY", QUERY);
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "QUERY");
    private static final Set<String> IDEMPOTENT = Set.of("PUT", "DELETE");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "CONNECT");

    /**
     * The method of that name.
     *
     * @param name the token, for example {@code GET}; put in upper case
     * @throws IllegalArgumentException if {@code name} is not a token (RFC 9110 §5.6.2)
     */
    public Method {
        if (!Tokens.isToken(name)) {
            throw new IllegalArgumentException("method " + Tokens.printable(name) + " is not a token (RFC 9110 §9.1)");
        }
        name = name.toUpperCase(Locale.ROOT);
    }

    /**
     * {@return the method of that name; the standard ones are shared instances}
     *
     * @param name the token, for example {@code GET}; put in upper case
     * @throws IllegalArgumentException if {@code name} is not a token (RFC 9110 §5.6.2)
     */
    public static Method of(String name) {
        Method known = KNOWN.get(name);
        if (known != null) {
            return known;
        }
        Method made = new Method(name);
        return KNOWN.getOrDefault(made.name, made);
    }

    /** {@return whether the method only reads (RFC 9110 §9.2.1)} */
    public boolean isSafe() {
        return SAFE.contains(name);
    }

    /** {@return whether sending the request twice does what sending it once does (RFC 9110 §9.2.2)} */
    public boolean isIdempotent() {
        return isSafe() || IDEMPOTENT.contains(name);
    }

    /** {@return whether a request without a body says so with {@code Content-Length: 0} (RFC 9110 §8.6)} */
    public boolean announcesEmptyBody() {
        return !WITHOUT_BODY.contains(name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Method method && name.equals(method.name);
    }

    /** Written out, as {@code equals}: what the compiler makes is linked at the first request, which takes milliseconds. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
