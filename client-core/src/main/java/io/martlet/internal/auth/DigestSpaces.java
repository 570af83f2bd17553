package io.martlet.internal.auth;

import io.martlet.auth.Challenge;
import io.martlet.auth.Digest;
import io.martlet.http.Headers;
import io.martlet.http.Status;
import io.martlet.http.Url;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The authentication sessions that are open, the last for each origin and its credentials, so that requests need not be
 * challenged again (RFC 7616 §3.6). Thread-safe; remembers the {@value #MOST} used last.
 */
public final class DigestSpaces {
    private static final int MOST = 256;

    private record Key(String origin, Digest credentials) {}

    private final Supplier<String> cnonces;

    /** Guarded by itself. */
    private final Map<Key, DigestAuthenticator> open = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, DigestAuthenticator> eldest) {
            return size() > MOST;
        }
    };

    /** No sessions yet; {@code cnonces} gives a client nonce for each. */
    public DigestSpaces(Supplier<String> cnonces) {
        this.cnonces = cnonces;
    }

    /** What to send to {@code url} before it asks; null if it is in no protection space that is known. */
    public @Nullable DigestAuthenticator knownFor(Url url, Digest credentials) {
        DigestAuthenticator known;
        synchronized (open) {
            known = open.get(new Key(url.origin(), credentials));
        }
        return known != null
                        && ProtectionSpace.of(url, known.challenge().domain()).covers(url)
                ? known
                : null;
    }

    /**
     * What to answer a response with; null if it is final. A request answers one challenge, and one more that says that the
     * nonce was too old.
     *
     * @param answered how many challenges the request has answered
     */
    public @Nullable DigestAuthenticator answerTo(
            int status, Headers headers, Url url, Digest credentials, int answered) {
        if (status != Status.UNAUTHORIZED || answered > 1) {
            return null;
        }
        DigestChallenge challenge = DigestChallenge.strongest(Challenge.parse(headers.getAll("WWW-Authenticate")));
        if (challenge == null || answered == 1 && !challenge.isStale()) {
            return null;
        }
        DigestAuthenticator answer = new DigestAuthenticator(credentials, challenge, cnonces.get());
        synchronized (open) {
            open.put(new Key(url.origin(), credentials), answer);
        }
        return answer;
    }

    /** Goes on with the nonce that {@code headers} name as the next, unless somebody has done so (RFC 7616 §3.5). */
    public void heard(Headers headers, Url url, Digest credentials, DigestAuthenticator used) {
        String info = headers.get("Authentication-Info");
        String nonce = info == null ? null : Challenge.parseParameters(info).get("nextnonce");
        if (nonce == null || nonce.isEmpty()) {
            return;
        }
        DigestChallenge next = used.challenge().withNonce(nonce);
        DigestAuthenticator successor = new DigestAuthenticator(credentials, next, cnonces.get());
        synchronized (open) {
            open.replace(new Key(url.origin(), credentials), used, successor);
        }
    }
}
