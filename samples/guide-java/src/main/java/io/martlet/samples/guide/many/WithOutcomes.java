// Prints:
//   ✓ get: 200
//   ✗ status/404: StatusException
//   ✗ http://127.0.0.1:1/: ConnectorException
//   ✓ uuid: 200
package io.martlet.samples.guide.many;

import io.martlet.Outcome;
import io.martlet.async.AsyncSession;
import io.martlet.http.ClientResponse;
import java.util.List;

/** Many URLs, some of which fail: each has an outcome, and no failure stops the others. */
public final class WithOutcomes {
    public static void main(String[] args) {
        List<String> urls = List.of("get", "status/404", "http://127.0.0.1:1/", "uuid");
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(args[0]).raiseForStatus(true).build()) {
            for (Outcome<ClientResponse> outcome :
                    session.gatherOutcomes(urls, 10, session::get).join()) {
                String url = urls.get((int) outcome.index());
                if (outcome instanceof Outcome.Failure<ClientResponse> failure) {
                    System.out.println(
                            "✗ " + url + ": " + failure.error().getClass().getSimpleName());
                } else {
                    System.out.println("✓ " + url + ": " + outcome.orElseThrow().status());
                }
            }
        }
    }
}
