package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.ClientTimeout;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the README shows in Java: it compiles, it runs, and it is the same text. */
@ExtendWith(LeakCheck.class)
class ReadmeExampleTest {
    // README
    record Post(int id, String title) {}

    static AsyncSession session(String baseUrl) {
        return AsyncSession.builder()
                .baseUrl(baseUrl)
                .header("Accept", "application/json")
                .timeout(ClientTimeout.ofTotal(Duration.ofSeconds(30)))
                .raiseForStatus(true)
                .build();
    }

    static CompletableFuture<List<String>> titles(AsyncSession session) {
        List<Integer> ids = IntStream.rangeClosed(1, 20).boxed().toList();
        return session.gather(
                ids,
                5,
                id -> session.get("posts/" + id)
                        .thenApply(r -> r.json(Post.class).title()));
    }
    // end

    @Test
    void theExampleFetchesTitlesInOrder() {
        try (LocalServer server = new LocalServer()) {
            IntStream.rangeClosed(1, 20)
                    .forEach(id -> server.on(
                            "/posts/" + id, Reply.json("{\"id\": %d, \"title\": \"Post %d\"}".formatted(id, id))));
            try (AsyncSession session = session(server.url("/"))) {
                List<String> expected = IntStream.rangeClosed(1, 20)
                        .mapToObj(id -> "Post " + id)
                        .toList();
                assertEquals(expected, titles(session).join());
            }
        }
    }

    @Test
    void theReadmeShowsTheExampleThatIsCompiledHere() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/martlet/async/ReadmeExampleTest.java"));
        String example = source.substring(source.indexOf("// README") + 10, source.indexOf("    // end"));
        assertTrue(Files.readString(Path.of("../README.md")).contains(example));
    }
}
