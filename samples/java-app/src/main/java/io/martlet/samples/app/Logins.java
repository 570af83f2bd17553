package io.martlet.samples.app;

import io.martlet.async.AsyncSession;
import io.martlet.auth.Authentication;
import io.martlet.auth.Basic;
import io.martlet.auth.Bearer;
import io.martlet.auth.BearerTokens;
import io.martlet.auth.Challenge;
import io.martlet.auth.Digest;
import io.martlet.auth.Netrc;
import io.martlet.http.ClientResponse;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Says who is asking; the session never sends the credentials to another origin. */
final class Logins implements Chapter {
    @Override
    public void tell(String url, PrintStream out) {
        Map<String, Authentication> logins = new LinkedHashMap<>();
        logins.put("basic-auth/ann/secret", new Basic("ann", "secret"));
        logins.put("digest-auth/auth/ann/secret", new Digest("ann", "secret"));
        logins.put("bearer", new Bearer("token"));
        logins.put("bearer?refreshed", BearerTokens.refreshedBy(() -> CompletableFuture.completedFuture("fresh")));
        logins.put("hidden-basic-auth/ann/secret", Netrc.parse("machine 127.0.0.1 login ann password secret"));

        try (AsyncSession session = AsyncSession.builder().baseUrl(url).build()) {
            logins.forEach((path, who) -> out.println(path + ": "
                    + session.get(path, request -> request.auth(who)).join().status()));

            ClientResponse refused = session.get("basic-auth/ann/secret").join();
            List<Challenge> challenges = Challenge.parse(refused.headers().getAll("WWW-Authenticate"));
            out.println(refused.status() + " wants " + challenges.get(0).scheme());
        }
    }
}
