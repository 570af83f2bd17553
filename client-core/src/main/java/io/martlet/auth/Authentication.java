package io.martlet.auth;

/**
 * Who is asking: what a session, or a request, is told as its {@code auth}.
 *
 * <p>Credentials are bound to an origin. Those of a session go to the origin of its base URL; without one, to the origin of
 * the first request that the session sends with them. Those of a request go to the origin of its URL. After a redirect to
 * another origin they are gone, and do not come back. A request that has both an {@code auth} and a header
 * {@code Authorization}, or a user in its URL, is refused with an {@link IllegalArgumentException}.
 *
 * <p>Immutable, but for {@link BearerTokens}; usable by any thread. None shows its secrets in {@code toString}.
 */
public sealed interface Authentication permits Basic, Bearer, BearerTokens, Digest, Netrc {
    /**
     * {@return whether it holds the credentials of many hosts and chooses by the host that is asked} It is bound to no
     * other origin then, and a header {@code Authorization} goes before it. Only {@link Netrc} does.
     */
    default boolean choosesByHost() {
        return false;
    }
}
