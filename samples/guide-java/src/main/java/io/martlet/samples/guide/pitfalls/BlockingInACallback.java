// Prints:
//   8 callbacks have waited, and got 200
package io.martlet.samples.guide.pitfalls;

import io.martlet.async.AsyncSession;
import java.util.List;
import java.util.stream.IntStream;

/** Callbacks run on threads of their own: one that blocks holds up no other request. */
public final class BlockingInACallback {
    public static void main(String[] args) {
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            List<Integer> statuses = session.gather(
                            IntStream.range(0, 8).boxed(),
                            8,
                            id -> session.get("get?id=" + id)
                                    // Waits for another request, which blocks this thread.
                                    .thenApply(response ->
                                            session.get("delay/0.1").join().status()))
                    .join();
            System.out.println(statuses.size() + " callbacks have waited, and got " + statuses.get(0));
        }
    }
}
