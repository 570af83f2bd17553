package io.martlet.auth;

/**
 * User and password that are proven and never sent (RFC 7616): each challenge is answered with a hash of them, and later
 * requests of the same protection space carry it at once.
 *
 * <p>The strongest challenge that is supported is answered: SHA-512-256, SHA-256, MD5, each with {@code -sess} too;
 * {@code qop} none, {@code auth}, and {@code auth-int} where that alone is offered. A challenge that cannot be answered, as
 * it is malformed or the body can be sent only once, is left to the caller: the response is the 401.
 *
 * @param user     sent in clear, unless the server asks for its hash
 * @param password may be empty
 */
public record Digest(String user, String password) implements Authentication {
    /**
     * The credentials as given.
     *
     * @param user sent in clear, unless the server asks for its hash; holds no colon and no control character
     * @param password may be empty; holds no control character
     * @throws IllegalArgumentException if {@code user} holds a colon, as it delimits what is hashed, or either a
     *     control character; the message shows neither
     */
    public Digest {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("user of Digest holds a colon (RFC 7616 §3.4.2)");
        }
        CredentialText.refuseControls("user of Digest", user);
        CredentialText.refuseControls("password of Digest", password);
    }

    /** Only that there are credentials. */
    @Override
    public String toString() {
        return "Digest(hidden)";
    }
}
