// Prints:
//   GET 200
//   POST 200
//   PUT 200
//   PATCH 200
//   DELETE 200
//   HEAD 200
//   OPTIONS 200
//   TRACE 200
package io.martlet.samples.guide.start;

import io.martlet.async.AsyncSession;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Each method of HTTP, and the status of its answer; {@code request} sends those without a function of their own. */
public final class AllMethods {
    public static void main(String[] args) {
        Map<String, String> user = Map.of("name", "alice");
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            Stream.of(
                            session.get("get"),
                            session.post("post", r -> r.json(user)),
                            session.put("put", r -> r.json(user)),
                            session.patch("patch", r -> r.json(user)),
                            session.delete("delete"),
                            session.head("get"),
                            session.options("get"),
                            session.request("TRACE", "anything", r -> {}))
                    .map(CompletableFuture::join)
                    .forEach(response -> System.out.println(response.method() + " " + response.status()));
        }
    }
}
