package io.martlet.samples.app;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.martlet.async.AsyncSession;
import io.martlet.async.AsyncSessionBuilder;
import io.martlet.async.JacksonJson;
import io.martlet.body.JsonCodec;
import io.martlet.body.JsonMismatchException;
import io.martlet.body.JsonValue;
import io.martlet.body.TypeRef;
import io.martlet.config.ClientTimeout;
import io.martlet.http.ClientResponse;
import io.martlet.http.Link;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** JSON: read into records and lists of records, written from them, and read as a tree that needs no class. */
final class Posts implements Chapter {
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Post(int id, String title) {}

    record NewPost(String title, String body) {}

    @Override
    public void tell(String url, PrintStream out) {
        JsonCodec codec = new JacksonJson(new ObjectMapper());
        AsyncSessionBuilder builder = AsyncSession.builder()
                .baseUrl(url)
                .header("Accept", "application/json")
                .timeout(ClientTimeout.ofTotal(Duration.ofSeconds(30)))
                .jsonCodec(codec)
                .raiseForStatus(true);
        try (AsyncSession session = builder.build()) {
            out.println(titles(session).join().size() + " titles, five requests at a time");

            ClientResponse page = session.get("posts?_page=1&_limit=3").join();
            List<Post> posts = page.json(new TypeRef<List<Post>>() {});
            String next = page.link("next").map(Link::url).orElseThrow().requestTarget();
            out.println("a page of " + posts.size() + ", the next one is " + next);

            ClientResponse created = session.post("posts", request -> request.json(new NewPost("Hello", "World")))
                    .join();
            out.println("created " + created.jsonTree().get("id").asInt());
            out.println(describe(created.jsonTree().get("title")));
            out.println(mistake(created.jsonTree()));
        }
    }

    private static CompletableFuture<List<String>> titles(AsyncSession session) {
        List<Integer> ids = IntStream.rangeClosed(1, 20).boxed().toList();
        return session.gather(
                ids,
                5,
                id -> session.get("posts/" + id)
                        .thenApply(response -> response.json(Post.class).title()));
    }

    private static String describe(JsonValue value) {
        if (value instanceof JsonValue.JsonObject object) {
            return "an object with " + object.fields().size() + " fields";
        }
        if (value instanceof JsonValue.JsonArray array) {
            return "an array of " + array.elements().size();
        }
        if (value instanceof JsonValue.JsonString string) {
            return "the string " + string.asText();
        }
        if (value instanceof JsonValue.JsonNumber number) {
            return "the number " + number.asDecimal();
        }
        if (value instanceof JsonValue.JsonBoolean flag) {
            return "the answer " + flag.asBoolean();
        }
        return ((JsonValue.JsonNull) value).isNull() ? "nothing" : value.kind();
    }

    private static String mistake(JsonValue created) {
        try {
            return "the title is the number " + created.get("title").asInt();
        } catch (JsonMismatchException e) {
            return e.getMessage();
        }
    }
}
