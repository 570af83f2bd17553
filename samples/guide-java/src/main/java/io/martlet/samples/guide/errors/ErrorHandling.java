// Prints:
//   fine: 200
//   not found
//   too many requests, come back later
//   the server says 500
//   took longer than 100 ms
//   no secure connection
//   no connection
//   something else: TooManyRedirectsException
package io.martlet.samples.guide.errors;

import io.martlet.async.AsyncSession;
import io.martlet.async.BlockingSession;
import io.martlet.error.ClientException;
import io.martlet.error.ClientException.ConnectorException;
import io.martlet.error.ClientException.StatusException;
import io.martlet.error.ClientException.TimeoutException;
import io.martlet.error.ClientException.TlsException;
import io.martlet.http.ClientResponse;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Every kind of error has a type of its own, all below ClientException: catch those you can act on. */
public final class ErrorHandling {
    public static void main(String[] args) throws Exception {
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(args[0]).raiseForStatus(true).build()) {
            BlockingSession web = session.blocking();
            explain(() -> web.get("get"));
            explain(() -> web.get("status/404"));
            explain(() -> web.get("status/429"));
            explain(() -> web.get("status/500"));
            explain(() -> web.get("delay/5", r -> r.totalTimeout(Duration.ofMillis(100))));
            explain(() -> web.get(args[0].replaceFirst("^http:", "https:")));
            explain(() -> web.get("http://127.0.0.1:1/"));
            explain(() -> web.get("redirect/12"));
        }
    }

    private static void explain(Callable<ClientResponse> call) throws Exception {
        try {
            System.out.println("fine: " + call.call().status());
        } catch (StatusException e) {
            switch (e.status()) {
                case 404 -> System.out.println("not found");
                case 429 -> System.out.println("too many requests, come back later");
                default -> System.out.println("the server says " + e.status());
            }
        } catch (TimeoutException e) {
            System.out.println("took longer than " + e.limit().toMillis() + " ms");
        } catch (TlsException e) {
            System.out.println("no secure connection");
        } catch (ConnectorException e) {
            System.out.println("no connection");
        } catch (ClientException e) {
            System.out.println("something else: " + e.getClass().getSimpleName());
        }
    }
}
