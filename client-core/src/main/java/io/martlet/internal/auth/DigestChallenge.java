package io.martlet.internal.auth;

import io.martlet.auth.Challenge;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A challenge of RFC 7616 §3.3 that we can answer.
 *
 * @param algorithmName as the server spells it; null if it names none, which means MD5
 * @param qop           how it is answered; null as RFC 2069 did, without a count
 * @param domain        the protection space; empty: all of the origin
 */
public record DigestChallenge(
        String realm,
        String nonce,
        @Nullable String opaque,
        @Nullable String algorithmName,
        DigestAlgorithm algorithm,
        @Nullable Qop qop,
        List<String> domain,
        boolean isStale,
        boolean wantsUserHash) {

    /** What is hashed: the request line, or its body too. */
    public enum Qop {
        AUTH("auth"),
        AUTH_INT("auth-int");

        private final String label;

        Qop(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** The strongest that we can answer; among equals the first. Null if there is none. */
    public static @Nullable DigestChallenge strongest(List<Challenge> challenges) {
        return challenges.stream()
                .map(DigestChallenge::of)
                .filter(Objects::nonNull)
                .reduce((best, other) ->
                        Comparator.comparing(DigestChallenge::algorithm).compare(other, best) > 0 ? other : best)
                .orElse(null);
    }

    private static @Nullable DigestChallenge of(Challenge challenge) {
        Map<String, String> said = challenge.parameters();
        String realm = said.get("realm");
        String nonce = said.get("nonce");
        if (!challenge.isOf("Digest") || realm == null || nonce == null || nonce.isEmpty()) {
            return null;
        }
        DigestAlgorithm algorithm = DigestAlgorithm.named(said.getOrDefault("algorithm", "MD5"));
        Qop qop = qop(words(said.getOrDefault("qop", ""), "[ \t]*,[ \t]*"));
        boolean isOfNoQop = qop == null && (said.containsKey("qop") || algorithm != null && algorithm.isSession());
        if (algorithm == null || isOfNoQop) {
            return null;
        }
        return new DigestChallenge(
                realm,
                nonce,
                said.get("opaque"),
                said.get("algorithm"),
                algorithm,
                qop,
                words(said.getOrDefault("domain", ""), "[ \t]+"),
                "true".equalsIgnoreCase(said.get("stale")),
                "true".equalsIgnoreCase(said.get("userhash")));
    }

    /** {@code auth} where it is offered: it needs no second reading of a body, and more servers do it right. */
    private static @Nullable Qop qop(List<String> offered) {
        if (offered.stream().anyMatch("auth"::equalsIgnoreCase)) {
            return Qop.AUTH;
        }
        return offered.stream().anyMatch("auth-int"::equalsIgnoreCase) ? Qop.AUTH_INT : null;
    }

    private static List<String> words(String text, String separator) {
        return Arrays.stream(text.strip().split(separator))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** This challenge with the nonce that is to be used next (RFC 7616 §3.5). */
    DigestChallenge withNonce(String next) {
        return new DigestChallenge(realm, next, opaque, algorithmName, algorithm, qop, domain, isStale, wantsUserHash);
    }
}
