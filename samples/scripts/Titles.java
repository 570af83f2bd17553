import io.martlet.Outcome;
import io.martlet.async.AsyncSession;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The titles of five posts, fetched at once; a post that cannot be had says why, and the others come all the same.
 *
 * <p>Run it with {@code ./samples/bin/martlet script samples/scripts/Titles.java [URL]}: the JDK compiles it in memory. The URL
 * is that of a server like {@code martlet serve}, which is the one asked without it.
 */
public class Titles {
    record Post(int id, String title) {}

    public static void main(String[] args) {
        String url = args.length > 0 ? args[0] : "http://127.0.0.1:8080/";
        List<Integer> ids = IntStream.rangeClosed(1, 5).boxed().toList();
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(url).raiseForStatus(true).build()) {
            List<Outcome<Post>> posts = session.gatherOutcomes(
                            ids, 5, id -> session.get("posts/" + id).thenApply(answer -> answer.json(Post.class)))
                    .join();
            for (Outcome<Post> post : posts) {
                System.out.println(
                        post instanceof Outcome.Success<Post> success
                                ? success.value().id() + " " + success.value().title()
                                : "- " + ((Outcome.Failure<Post>) post).error().getMessage());
            }
        }
    }
}
