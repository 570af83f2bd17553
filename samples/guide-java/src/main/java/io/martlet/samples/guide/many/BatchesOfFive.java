// Prints:
//   20 users, the last of them http://127.0.0.1:8080/anything/users/20
package io.martlet.samples.guide.many;

import io.martlet.async.AsyncSession;
import io.martlet.http.ClientResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Twenty URLs in batches of five; the next batch begins when the last one is done and the pause is over. */
public final class BatchesOfFive {
    public static void main(String[] args) {
        List<Integer> ids = IntStream.rangeClosed(1, 20).boxed().toList();
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(args[0] + "anything/").build()) {
            List<ClientResponse> users = session.batches(
                            ids, 5, Duration.ofMillis(10), id -> session.get("users/" + id))
                    .join();
            System.out.println(
                    users.size() + " users, the last of them " + users.get(19).url());
        }
    }
}
