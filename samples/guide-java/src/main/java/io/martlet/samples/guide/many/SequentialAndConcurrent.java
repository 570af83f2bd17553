// Prints:
//   20 one by one: 20.95 s
//   20 at once: 1.06 s
//   speed-up: 19.7
package io.martlet.samples.guide.many;

import io.martlet.async.AsyncSession;
import java.util.List;
import java.util.stream.IntStream;

/** Twenty requests of a second each, one by one and then all at once. The second argument is another delay, in seconds. */
public final class SequentialAndConcurrent {
    public static void main(String[] args) {
        String url = "delay/" + (args.length > 1 ? args[1] : "1");
        List<Integer> numbers = IntStream.rangeClosed(1, 20).boxed().toList();
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            long start = System.nanoTime();
            int one = session.gather(numbers, 1, i -> session.get(url)).join().size();
            long sequential = System.nanoTime() - start;

            start = System.nanoTime();
            int all = session.gather(numbers, 20, i -> session.get(url)).join().size();
            long concurrent = System.nanoTime() - start;

            System.out.printf("%d one by one: %.2f s%n", one, sequential / 1e9);
            System.out.printf("%d at once: %.2f s%n", all, concurrent / 1e9);
            System.out.printf("speed-up: %.1f%n", (double) sequential / concurrent);
        }
    }
}
