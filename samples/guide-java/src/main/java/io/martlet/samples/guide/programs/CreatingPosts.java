// Prints:
//   created: First by user 1
//   created: Second by user 2
//   created: Third by user 3
package io.martlet.samples.guide.programs;

import io.martlet.async.AsyncSession;
import java.util.List;

/** Three objects, sent as JSON at the same time. */
public final class CreatingPosts {
    record Post(String title, String body, int userId) {}

    record Created(String url, Post json) {}

    public static void main(String[] args) {
        List<Post> posts = List.of(
                new Post("First", "Content 1", 1),
                new Post("Second", "Content 2", 2),
                new Post("Third", "Content 3", 3));
        try (AsyncSession session = AsyncSession.builder()
                .baseUrl(args[0] + "anything/")
                .raiseForStatus(true)
                .build()) {
            session.gather(
                            posts,
                            3,
                            post -> session.post("posts", r -> r.json(post))
                                    .thenApply(response -> response.json(Created.class)))
                    .join()
                    .forEach(created ->
                            System.out.println("created: " + created.json().title() + " by user "
                                    + created.json().userId()));
        }
    }
}
