package io.martlet.samples.guide.many;

import io.martlet.async.AsyncSession;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fifty URLs, ten at a time: the number in gather is all there is to it. */
public final class Bounded {
    public static void main(String[] args) {
        Stream<String> urls = IntStream.range(0, 50).mapToObj(page -> "get?page=" + page);
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            List<Integer> sizes = session.gather(
                            urls, 10, url -> session.get(url).thenApply(response -> response.bytes().length))
                    .join();
            System.out.println(sizes.size() + " of 50");
        }
    }
}
