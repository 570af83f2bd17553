package io.martlet.cookie;

import io.martlet.http.Url;
import java.util.List;

/**
 * Keeps the cookies of a session. {@link MemoryCookieJar} is the usual one; others can be written, with
 * {@link SetCookieParser} for what servers say and {@link Cookie#matches} for where it goes.
 *
 * <p>A jar is asked once for each hop of each request, and told once for each response that sets cookies, redirects
 * included. Any thread may call, also at once; neither method may block, as callers move bytes. What it throws fails the
 * request. One jar may serve several sessions, and outlives them.
 */
public interface CookieJar {
    /** Keeps nothing and sends nothing. */
    CookieJar NONE = new CookieJar() {
        @Override
        public void store(Url url, List<String> setCookies) {}

        @Override
        public List<Cookie> cookiesFor(Url url) {
            return List.of();
        }

        @Override
        public String toString() {
            return "CookieJar.NONE";
        }
    };

    /**
     * Takes what a response says.
     *
     * @param url what was requested, user and fragment included
     * @param setCookies the values of its {@code Set-Cookie} fields in their order, of which there is at least one
     */
    void store(Url url, List<String> setCookies);

    /**
     * {@return the cookies for a request to {@code url}, in the order in which they are sent (RFC 6265bis §5.8.3)}
     *
     * @param url what is requested
     */
    List<Cookie> cookiesFor(Url url);
}
