package io.martlet.auth;

/**
 * A token, sent with every request as {@code Authorization: Bearer} (RFC 6750). {@link BearerTokens} gets new ones.
 *
 * @param token letters, digits and {@code - . _ ~ + /}, with equals signs at its end only (token68, RFC 9110 §11.2)
 */
public record Bearer(String token) implements Authentication {
    /**
     * The token as given.
     *
     * @param token letters, digits and {@code - . _ ~ + /}, with equals signs at its end only
     * @throws IllegalArgumentException if {@code token} is empty or no token68; the message does not show it
     */
    public Bearer {
        if (!CredentialText.isToken68(token)) {
            throw new IllegalArgumentException(
                    "token of Bearer (" + token.length() + " characters) is no token68 (RFC 6750 §2.1)");
        }
    }

    /** {@return the value of {@code Authorization}} */
    public String headerValue() {
        return "Bearer " + token;
    }

    /** Only that there is a token. */
    @Override
    public String toString() {
        return "Bearer(hidden)";
    }
}
