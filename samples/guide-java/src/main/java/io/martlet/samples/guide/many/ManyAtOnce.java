package io.martlet.samples.guide.many;

import io.martlet.async.AsyncSession;
import java.util.List;

/** Many URLs at once; the results come in the order of the URLs, and the first failure would cancel the rest. */
public final class ManyAtOnce {
    public static void main(String[] args) {
        List<String> urls = List.of("get?id=1", "delay/0.1", "get?id=2", "uuid", "get?id=3");
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            session.gather(urls, urls.size(), session::get)
                    .join()
                    .forEach(response -> System.out.println(response.url() + " " + response.status()));
        }
    }
}
