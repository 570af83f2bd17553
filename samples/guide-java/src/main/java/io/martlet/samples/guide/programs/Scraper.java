// Prints:
//   ✓ get: 200, 181 bytes
//   ✓ status/200: 200, 0 bytes
//   ✓ status/404: 404, 0 bytes
//   ✓ delay/0.2: 200, 218 bytes
//   ✓ bytes/1024: 200, 1024 bytes
//   ✓ bytes/2048: 200, 2048 bytes
//   ✓ ip: 200, 23 bytes
//   ✓ headers: 200, 115 bytes
//   ✓ user-agent: 200, 29 bytes
//   ✗ http://127.0.0.1:1/: ConnectorException
//   success rate: 9/10
package io.martlet.samples.guide.programs;

import io.martlet.Outcome;
import io.martlet.async.AsyncSession;
import io.martlet.config.ClientTimeout;
import java.time.Duration;
import java.util.List;

/** The exercise: ten URLs, three at a time, five seconds each; statuses, sizes and the rate of success. */
public final class Scraper {
    record Page(int status, int size) {}

    public static void main(String[] args) {
        List<String> urls = List.of(
                "get",
                "status/200",
                "status/404",
                "delay/0.2",
                "bytes/1024",
                "bytes/2048",
                "ip",
                "headers",
                "user-agent",
                "http://127.0.0.1:1/");
        try (AsyncSession session = AsyncSession.builder()
                .baseUrl(args[0])
                .timeout(ClientTimeout.ofTotal(Duration.ofSeconds(5)))
                .build()) {
            List<Outcome<Page>> pages = session.gatherOutcomes(
                            urls, 3, url -> session.get(url).thenApply(r -> new Page(r.status(), r.bytes().length)))
                    .join();
            for (Outcome<Page> page : pages) {
                String url = urls.get((int) page.index());
                if (page instanceof Outcome.Failure<Page> failure) {
                    System.out.println(
                            "✗ " + url + ": " + failure.error().getClass().getSimpleName());
                } else {
                    System.out.println("✓ " + url + ": " + page.orElseThrow().status() + ", "
                            + page.orElseThrow().size() + " bytes");
                }
            }
            System.out.println(
                    "success rate: " + pages.stream().filter(Outcome::isSuccess).count() + "/" + pages.size());
        }
    }
}
