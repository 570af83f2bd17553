// Prints:
//   meanwhile: 200
//   later: 200
package io.martlet.samples.guide.pitfalls;

import io.martlet.async.AsyncSession;
import io.martlet.http.ClientResponse;
import java.util.concurrent.CompletableFuture;

/** A request starts at once, awaited or not; before its answer there is only a future, which has no status to misread. */
public final class ForgottenAwait {
    public static void main(String[] args) {
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            CompletableFuture<ClientResponse> later = session.get("delay/0.1");
            System.out.println("meanwhile: " + session.get("get").join().status());
            System.out.println("later: " + later.join().status());
        }
    }
}
