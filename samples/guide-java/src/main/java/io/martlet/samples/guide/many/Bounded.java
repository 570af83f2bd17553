// Prints:
//   completed: 50 of 50
package io.martlet.samples.guide.many;

import io.martlet.Outcome;
import io.martlet.async.AsyncSession;
import io.martlet.http.ClientResponse;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fifty URLs, ten at a time: the limit is a parameter, no semaphore is needed. */
public final class Bounded {
    public static void main(String[] args) {
        Stream<String> urls = IntStream.range(0, 50).mapToObj(page -> "get?page=" + page);
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            List<Outcome<ClientResponse>> outcomes =
                    session.gatherOutcomes(urls, 10, session::get).join();
            long completed = outcomes.stream().filter(Outcome::isSuccess).count();
            System.out.println("completed: " + completed + " of " + outcomes.size());
        }
    }
}
