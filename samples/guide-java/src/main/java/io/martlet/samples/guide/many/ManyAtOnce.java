// Prints:
//   http://127.0.0.1:8080/get?id=1 200
//   http://127.0.0.1:8080/delay/0.1 200
//   http://127.0.0.1:8080/get?id=2 200
//   http://127.0.0.1:8080/uuid 200
//   http://127.0.0.1:8080/get?id=3 200
//   fetched 5 in 0.12 s
package io.martlet.samples.guide.many;

import io.martlet.async.AsyncSession;
import java.util.List;

/** Many URLs at once; the results come in the order of the URLs, and a failure would cancel the rest. */
public final class ManyAtOnce {
    public static void main(String[] args) {
        List<String> urls = List.of("get?id=1", "delay/0.1", "get?id=2", "uuid", "get?id=3");
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            long start = System.nanoTime();
            session.gather(urls, urls.size(), session::get)
                    .join()
                    .forEach(response -> System.out.println(response.url() + " " + response.status()));
            System.out.printf("fetched %d in %.2f s%n", urls.size(), (System.nanoTime() - start) / 1e9);
        }
    }
}
