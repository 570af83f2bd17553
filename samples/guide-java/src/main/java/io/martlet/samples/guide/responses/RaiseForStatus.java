// Prints:
//   not asked: 404
//   asked of the response: GET http://127.0.0.1:8080/status/404 answered 404 Not Found
//   asked of the request: 503
//   asked of the session: GET http://127.0.0.1:8080/status/418 answered 418 I'm a teapot
package io.martlet.samples.guide.responses;

import io.martlet.async.AsyncSession;
import io.martlet.async.BlockingSession;
import io.martlet.error.ClientException.StatusException;

/** A bad status is an error only if you ask for that: of a response, of a request, or of a session. */
public final class RaiseForStatus {
    public static void main(String[] args) throws Exception {
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            BlockingSession web = session.blocking();
            System.out.println("not asked: " + web.get("status/404").status());
            try {
                web.get("status/404").raiseForStatus();
            } catch (StatusException e) {
                System.out.println("asked of the response: " + e.getMessage());
            }
            try {
                web.get("status/503", r -> r.raiseForStatus(true));
            } catch (StatusException e) {
                System.out.println("asked of the request: " + e.status());
            }
        }
        try (AsyncSession strict =
                AsyncSession.builder().baseUrl(args[0]).raiseForStatus(true).build()) {
            strict.get("status/418")
                    .exceptionally(error -> {
                        System.out.println("asked of the session: " + error.getMessage());
                        return null;
                    })
                    .join();
        }
    }
}
