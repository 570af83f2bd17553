package io.martlet.samples.guide.pitfalls;

import io.martlet.async.AsyncSession;
import io.martlet.http.ClientResponse;
import java.util.concurrent.CompletableFuture;

/** A request is under way as soon as it is asked for; what has no answer yet is a future, and has no status. */
public final class ForgottenAwait {
    public static void main(String[] args) {
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            CompletableFuture<ClientResponse> later = session.get("delay/0.1");
            System.out.println("meanwhile: " + session.get("get").join().status());
            System.out.println("later: " + later.join().status());
        }
    }
}
