package io.martlet.samples.app;

import io.martlet.Outcome;
import io.martlet.async.AsyncSession;
import io.martlet.async.Errors;
import io.martlet.http.ClientResponse;
import java.io.PrintStream;
import java.util.List;

/** Many requests, some of which fail: each has an outcome, and each failure a piece of advice. */
final class Failures implements Chapter {
    @Override
    public void tell(String url, PrintStream out) {
        List<String> paths = List.of("get", "status/503", "redirect/12", "html");
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(url).raiseForStatus(true).build()) {
            List<Outcome<ClientResponse>> outcomes =
                    session.gatherOutcomes(paths, 2, session::get).join();
            for (Outcome<ClientResponse> outcome : outcomes) {
                out.println(paths.get((int) outcome.index()) + ": " + describe(outcome));
            }

            String unreadable = session.get("html")
                    .thenApply(response -> response.json(int[].class).length + " numbers")
                    .exceptionally(error -> Advice.on(Errors.unwrap(error)))
                    .join();
            out.println("html as JSON: " + unreadable);
        }
    }

    private static String describe(Outcome<ClientResponse> outcome) {
        if (outcome instanceof Outcome.Failure<ClientResponse> failure) {
            return Advice.on(failure.error());
        }
        return "" + ((Outcome.Success<ClientResponse>) outcome).value().status();
    }
}
