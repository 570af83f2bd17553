package io.martlet.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * User and password, sent with every request as {@code Authorization: Basic} in UTF-8 (RFC 7617). Whoever reads the request
 * reads them: for https.
 *
 * @param user     may be empty; holds no colon and no control character
 * @param password may be empty; holds no control character
 */
public record Basic(String user, String password) implements Authentication {
    /**
     * The credentials as given.
     *
     * @param user may be empty; holds no colon and no control character
     * @param password may be empty; holds no control character
     * @throws IllegalArgumentException if {@code user} holds a colon, or either a control character (RFC 7617 §2); the
     *     message shows neither
     */
    public Basic {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("user of Basic holds a colon (RFC 7617 §2)");
        }
        CredentialText.refuseControls("user of Basic", user);
        CredentialText.refuseControls("password of Basic", password);
    }

    /** {@return the value of {@code Authorization}} */
    public String headerValue() {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    /** Only that there are credentials. */
    @Override
    public String toString() {
        return "Basic(hidden)";
    }
}
