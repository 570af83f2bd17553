package io.martlet.samples.guide.start;

import io.martlet.async.AsyncSession;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Every method of HTTP that has a verb of its own; {@code request("PURGE", …)} sends any other. */
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
