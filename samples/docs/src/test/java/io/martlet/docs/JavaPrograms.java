package io.martlet.docs;

import io.martlet.Outcome;
import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import io.martlet.error.ClientException;
import io.martlet.error.ClientException.StatusException;
import io.martlet.error.ClientException.TimeoutException;
import io.martlet.http.ClientResponse;
import java.nio.file.Path;
import java.util.List;

/** What the migration page begins with. */
final class JavaPrograms {
    private JavaPrograms() {}

    static void first(String url) {
        // code: first
        try (AsyncSession session = AsyncSession.builder().baseUrl(url).build()) {
            session.get("items/3")
                    .thenApply(response -> response.json(Item.class))
                    .thenAccept(item -> System.out.println(item.title()))
                    .join();
        }
        // end
    }

    static void many(AsyncSession session, List<String> urls) {
        // code: many
        List<Outcome<String>> pages = session.gatherOutcomes(
                        urls, 10, url -> session.get(url).thenApply(ClientResponse::text))
                .join();
        for (Outcome<String> page : pages) {
            if (page instanceof Outcome.Failure<String> failed) {
                System.out.println(urls.get((int) failed.index()) + " failed: " + failed.error());
            }
        }
        // end
    }

    static void stream(AsyncSession session, Path path) {
        // code: stream
        try (AsyncResponse response = session.open("GET", "file").join()) {
            response.saveTo(path).join();
        }
        // end
    }

    static void errors(AsyncSession session) throws InterruptedException {
        // code: errors
        try {
            ClientResponse response = session.blocking().get("items/3").raiseForStatus();
            System.out.println(response.json(Item.class).title());
        } catch (StatusException e) {
            System.out.println("refused: " + e.status());
        } catch (TimeoutException e) {
            System.out.println("too slow: " + e.phase());
        } catch (ClientException e) {
            System.out.println("failed: " + e.getMessage());
        }
        // end
    }
}
