package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.martlet.auth.BearerTokens;
import io.martlet.http.ClientResponse;
import io.martlet.testing.Answer;
import io.martlet.testing.ScriptedEngine;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How a program in Java is tested without a network; the example of the documentation. */
class ScriptedEngineExampleTest {
    private static AsyncSession sessionOver(ScriptedEngine engine) {
        return AsyncSession.builder().engine(connector -> engine).build();
    }

    @Test
    void answersAreGivenOneByOneAndRequestsAreRecorded() {
        ScriptedEngine engine = new ScriptedEngine(Answer.status(503), Answer.text("hello"));
        try (AsyncSession session = sessionOver(engine)) {
            ClientResponse first = session.get("https://api.example/").join();
            ClientResponse second =
                    session.post("https://api.example/", r -> r.text("again")).join();

            assertEquals(503, first.status());
            assertEquals("hello", second.text());
            assertEquals("again", engine.requests().get(1).text());
        }
    }

    @Test
    void aHeldAnswerComesWhenItIsReleased() {
        CompletableFuture<Void> release = new CompletableFuture<>();
        ScriptedEngine engine = new ScriptedEngine(
                asked -> Answer.text(asked.request().url().path()).after(release));
        try (AsyncSession session = sessionOver(engine)) {
            CompletableFuture<ClientResponse> response = session.get("https://api.example/held");

            engine.received(1).join();
            assertFalse(response.isDone());
            release.complete(null);

            assertEquals("/held", response.join().text());
        }
    }

    @Test
    void tokensAreRefreshedByAFuture() {
        ScriptedEngine engine = new ScriptedEngine(Answer.status(401), Answer.text("welcome"));
        BearerTokens tokens = BearerTokens.startingWith("old", () -> CompletableFuture.completedFuture("new"));
        try (AsyncSession session =
                AsyncSession.builder().engine(c -> engine).auth(tokens).build()) {
            assertEquals(200, session.get("https://api.example/").join().status());
        }
        assertEquals(
                List.of("Bearer old", "Bearer new"),
                engine.requests().stream()
                        .map(asked -> asked.request().headers().get("Authorization"))
                        .toList());
    }
}
