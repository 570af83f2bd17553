package io.martlet.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server asks of those who want in: one element of {@code WWW-Authenticate} (RFC 9110 §11.3).
 *
 * @param scheme     as it was spelled; compared without regard to case
 * @param token68    what follows the scheme if that is no parameters, as with {@code Negotiate}; otherwise null
 * @param parameters by name in lower case, quotes and escapes taken off
 */
public record Challenge(String scheme, @Nullable String token68, Map<String, String> parameters) {
    /**
     * A challenge of those parts.
     *
     * @param scheme as it was spelled
     * @param token68 what follows the scheme if that is no parameters; otherwise null
     * @param parameters by name in lower case, quotes and escapes taken off; copied
     */
    public Challenge {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads the challenges in all fields of {@code WWW-Authenticate}; one field may hold several. A challenge that is
     * malformed, or names a parameter twice, is left out, as is the rest of its field.
     *
     * @param fields the value of each field
     * @return the challenges in their order
     */
    public static List<Challenge> parse(List<String> fields) {
        List<Challenge> challenges = new ArrayList<>();
        for (String field : fields) {
            challenges.addAll(new ChallengeParser(field).challenges());
        }
        return List.copyOf(challenges);
    }

    /**
     * {@return the parameters of an {@code Authentication-Info} (RFC 9110 §11.6.3); none if it is malformed}
     *
     * @param field the value of the field
     */
    public static Map<String, String> parseParameters(String field) {
        return new ChallengeParser(field).parameters();
    }

    /**
     * {@return whether this is a challenge of that scheme}
     *
     * @param name of the scheme, in whatever case
     */
    public boolean isOf(String name) {
        return scheme.equalsIgnoreCase(name);
    }

    /** The scheme and the names of its parameters. */
    @Override
    public String toString() {
        return scheme + " " + parameters.keySet();
    }
}
