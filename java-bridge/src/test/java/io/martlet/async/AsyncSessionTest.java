package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.Outcome;
import io.martlet.body.JsonCodec;
import io.martlet.cookie.CookieJar;
import io.martlet.cookie.MemoryCookieJar;
import io.martlet.error.ClientException;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.Reply;
import io.martlet.http.ClientResponse;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class AsyncSessionTest {
    record Post(int id, String title) {}

    private static final Reply POST = Reply.json("{\"id\": 7, \"title\": \"Hi\", \"more\": null}");

    @Test
    void jsonIsReadIntoARecord() {
        try (LocalServer server = new LocalServer().on("/posts/7", POST);
                AsyncSession session = AsyncSession.create()) {
            Post post = session.get(server.url("/posts/7"))
                    .thenApply(r -> r.json(Post.class))
                    .join();
            assertEquals(new Post(7, "Hi"), post);
        }
    }

    @Test
    void aSessionShowsItsJarAndHasOneOfItsOwnByDefault() {
        CookieJar jar = new MemoryCookieJar();
        try (AsyncSession session = AsyncSession.builder().cookieJar(jar).build();
                AsyncSession one = AsyncSession.create();
                AsyncSession other = AsyncSession.create()) {
            assertSame(jar, session.cookieJar());
            assertInstanceOf(MemoryCookieJar.class, one.cookieJar());
            assertNotSame(one.cookieJar(), other.cookieJar());
        }
    }

    @Test
    void aRecordIsSentAsJson() {
        try (LocalServer server = new LocalServer().on("/posts", Reply.empty());
                AsyncSession session = AsyncSession.create()) {
            session.post(server.url("/posts"), r -> r.json(new Post(7, "Hi"))).join();
            assertEquals(
                    "{\"id\":7,\"title\":\"Hi\"}",
                    new String(server.getRequest().getBody(), java.nio.charset.StandardCharsets.UTF_8));
            assertEquals("application/json", server.getRequest().header("Content-Type"));
        }
    }

    @Test
    void aMapIsSentAsAForm() {
        try (LocalServer server = new LocalServer().on("/posts", Reply.empty());
                AsyncSession session = AsyncSession.create()) {
            session.post(server.url("/posts"), r -> r.form(Map.of("tags", List.of("a b", 7))))
                    .join();
            assertEquals("tags=a+b&tags=7", server.getRequest().getText());
            assertEquals(
                    "application/x-www-form-urlencoded", server.getRequest().header("Content-Type"));
        }
    }

    @Test
    void aBodyThatIsNoJsonFailsTheStageWithAJsonException() {
        try (LocalServer server = new LocalServer().on("/", Reply.text("<html>"));
                AsyncSession session = AsyncSession.create()) {
            CompletableFuture<Post> post = session.get(server.url("/")).thenApply(r -> r.json(Post.class));
            CompletionException error = assertThrows(CompletionException.class, post::join);
            assertInstanceOf(ClientException.JsonException.class, error.getCause());
        }
    }

    @Test
    void withoutACodecTheErrorNamesTheDependency() {
        try (LocalServer server = new LocalServer().on("/", POST);
                AsyncSession session =
                        AsyncSession.builder().jsonCodec(JsonCodec.NONE).build()) {
            ClientResponse response = session.get(server.url("/")).join();
            IllegalStateException error =
                    assertThrows(IllegalStateException.class, () -> response.json((Type) Post.class));
            assertTrue(error.getMessage().contains("com.fasterxml.jackson.core:jackson-databind"), error::getMessage);
        }
    }

    @Test
    void anInvalidUrlFailsTheFuture() {
        try (AsyncSession session = AsyncSession.create()) {
            CompletionException error = assertThrows(
                    CompletionException.class,
                    () -> session.get("ftp://example.com/").join());
            assertInstanceOf(ClientException.InvalidUrlException.class, error.getCause());
            assertInstanceOf(
                    ClientException.InvalidUrlException.class,
                    assertThrows(
                                    CompletionException.class,
                                    () -> session.open("GET", "no/base").join())
                            .getCause());
        }
    }

    @Test
    void argumentsThatMakeNoSenseAreRefusedAtOnce() {
        try (AsyncSession session = AsyncSession.create()) {
            assertThrows(IllegalArgumentException.class, () -> session.request("G ET", "http://localhost/", r -> {}));
            assertThrows(
                    IllegalArgumentException.class, () -> session.get("http://localhost/", r -> r.header("a b", "c")));
            assertEquals(
                    "concurrency must be positive, and is 0",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> session.gather(List.of("x"), 0, CompletableFuture::completedFuture))
                            .getMessage());
        }
    }

    @Test
    void gatherReturnsResultsInOrderAndKeepsItsWindow() {
        AtomicInteger running = new AtomicInteger();
        ConcurrentHashMap.KeySetView<Integer, Boolean> seen = ConcurrentHashMap.newKeySet();
        try (AsyncSession session = AsyncSession.create()) {
            List<Integer> numbers = IntStream.range(0, 2_000).boxed().toList();
            List<Integer> doubled = session.gather(
                            numbers,
                            7,
                            n -> CompletableFuture.supplyAsync(() -> {
                                seen.add(running.incrementAndGet());
                                running.decrementAndGet();
                                return 2 * n;
                            }))
                    .join();
            assertEquals(numbers.stream().map(n -> 2 * n).toList(), doubled);
            assertTrue(seen.stream().allMatch(n -> n <= 7), seen::toString);
        }
    }

    @Test
    void gatherTakesElementsOnlyWhenThereIsRoom() {
        AtomicInteger taken = new AtomicInteger();
        Iterable<Integer> endless = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                return taken.incrementAndGet();
            }
        };
        try (AsyncSession session = AsyncSession.create()) {
            CompletableFuture<List<Object>> all = session.gather(
                    endless,
                    3,
                    n -> n < 100
                            ? CompletableFuture.<Object>completedFuture(n)
                            : CompletableFuture.<Object>failedFuture(new IllegalStateException("enough")));
            CompletionException error = assertThrows(CompletionException.class, all::join);
            assertEquals("enough", error.getCause().getMessage());
            assertTrue(taken.get() <= 103, () -> taken + " were taken");
        }
    }

    @Test
    void gatherOutcomesHoldsAFailureForEachThatFailed() {
        try (LocalServer server = new LocalServer().on("/", Reply.text("here"));
                AsyncSession session = AsyncSession.create()) {
            IllegalStateException thrown = new IllegalStateException("thrown by the caller's own code");
            List<Outcome<Integer>> outcomes = session.gatherOutcomes(List.of("/", "bad", "throw"), 2, path -> {
                        if (path.equals("throw")) {
                            throw thrown;
                        }
                        return session.get(path.equals("/") ? server.url(path) : path)
                                .thenApply(ClientResponse::status);
                    })
                    .join();
            assertEquals(new Outcome.Success<>(0, 200), outcomes.get(0));
            Outcome.Failure<Integer> bad = (Outcome.Failure<Integer>) outcomes.get(1);
            assertInstanceOf(ClientException.InvalidUrlException.class, bad.error());
            Outcome.Failure<Integer> own = (Outcome.Failure<Integer>) outcomes.get(2);
            assertEquals(2, own.index());
            assertSame(thrown, own.error());
        }
    }

    @Test
    void afterCloseEveryCallFailsWithSessionClosed() {
        AsyncSession session = AsyncSession.create();
        session.close();
        session.close();
        for (CompletableFuture<?> future : List.of(
                session.get("http://localhost/"),
                session.open("GET", "http://localhost/"),
                session.gather(List.of("x"), 1, CompletableFuture::completedFuture))) {
            CompletionException error = assertThrows(CompletionException.class, future::join);
            assertInstanceOf(ClientException.SessionClosedException.class, error.getCause());
        }
        assertEquals("AsyncSession(no baseUrl, closed)", session.toString());
    }

    @Test
    void unwrapTakesTheFailureOutOfAllItsWrappings() {
        IllegalStateException inner = new IllegalStateException("inner");
        assertSame(inner, Errors.unwrap(new CompletionException(new CompletionException(inner))));
        assertSame(inner, Errors.unwrap(inner));
    }
}
