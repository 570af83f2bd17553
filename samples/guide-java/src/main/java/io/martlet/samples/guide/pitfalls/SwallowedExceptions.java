// Prints:
//   the first failure: GET http://127.0.0.1:8080/status/404 answered 404 Not Found
//   all failures: 2
//   a mistake of ours is not taken for one of HTTP
package io.martlet.samples.guide.pitfalls;

import io.martlet.async.AsyncSession;
import io.martlet.async.BlockingSession;
import io.martlet.error.ClientException;
import java.util.List;

/** All failures of HTTP have one base type, so nothing else has to be caught; and none among many gets lost. */
public final class SwallowedExceptions {
    public static void main(String[] args) throws InterruptedException {
        List<String> urls = List.of("get", "status/404", "status/500");
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(args[0]).raiseForStatus(true).build()) {
            BlockingSession web = session.blocking();
            try {
                web.gather(urls, 1, session::get);
            } catch (ClientException e) {
                System.out.println("the first failure: " + e.getMessage());
            }
            long failures = session.gatherOutcomes(urls, 1, session::get).join().stream()
                    .filter(outcome -> !outcome.isSuccess())
                    .count();
            System.out.println("all failures: " + failures);
            try {
                System.out.println(List.of(web.get("get")).get(1));
            } catch (ClientException e) {
                System.out.println("never printed: the mistake is in this program");
            } catch (IndexOutOfBoundsException e) {
                System.out.println("a mistake of ours is not taken for one of HTTP");
            }
        }
    }
}
