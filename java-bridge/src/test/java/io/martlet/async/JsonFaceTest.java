package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.body.JsonCodec;
import io.martlet.body.JsonValue;
import io.martlet.body.TypeRef;
import io.martlet.error.ClientException.ContentTypeException;
import io.martlet.error.ClientException.JsonException;
import io.martlet.http.ClientResponse;
import io.martlet.testing.Answer;
import io.martlet.testing.ScriptedEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** JSON as Java sees it: by Jackson into classes, and without any library as a tree. */
class JsonFaceTest {
    record Post(int id, String title, List<String> tags) {}

    record Event(LocalDate day, Instant at, Duration takes) {}

    private static AsyncSession sessionOver(ScriptedEngine engine) {
        return AsyncSession.builder().engine(connector -> engine).build();
    }

    private static AsyncSession sessionWithoutCodec(ScriptedEngine engine) {
        return AsyncSession.builder()
                .engine(connector -> engine)
                .jsonCodec(JsonCodec.NONE)
                .build();
    }

    private static ClientResponse answered(Answer answer) {
        try (AsyncSession session = sessionWithoutCodec(new ScriptedEngine(answer))) {
            return session.get("http://h/").join();
        }
    }

    @Test
    void aListOfRecordsIsRead() {
        String posts = "[{\"id\": 1, \"title\": \"a\", \"tags\": [\"x\"]}, {\"id\": 2}]";
        try (AsyncSession session = sessionOver(new ScriptedEngine(Answer.json(posts)))) {
            CompletableFuture<List<Post>> read =
                    session.get("http://h/").thenApply(r -> r.json(new TypeRef<List<Post>>() {}));

            assertEquals(List.of(new Post(1, "a", List.of("x")), new Post(2, null, null)), read.join());
        }
    }

    @Test
    void aTypeIsSentAsItWasDeclared() {
        ScriptedEngine engine = new ScriptedEngine(Answer.status(204));
        try (AsyncSession session = sessionOver(engine)) {
            Map<String, Post> posts = Map.of("first", new Post(1, "a", List.of()));
            session.post("http://h/", r -> r.json(posts, new TypeRef<Map<String, Post>>() {}))
                    .join();
        }

        assertEquals(
                "{\"first\":{\"id\":1,\"title\":\"a\",\"tags\":[]}}",
                engine.request().text());
    }

    @Test
    void datesAreTextAsRfc3339WritesIt() {
        Event event =
                new Event(LocalDate.of(2026, 11, 21), Instant.parse("2026-11-21T18:50:00.5Z"), Duration.ofMinutes(90));
        String json = "{\"day\":\"2026-11-21\",\"at\":\"2026-11-21T18:50:00.500Z\",\"takes\":\"PT1H30M\"}";
        ScriptedEngine engine = new ScriptedEngine(Answer.json(json));
        try (AsyncSession session = sessionOver(engine)) {
            ClientResponse response =
                    session.post("http://h/", r -> r.json(event)).join();

            assertEquals(event, response.json(Event.class));
        }
        assertEquals(json, engine.request().text());
    }

    @Test
    void aTreeIsReadAndSentWithoutACodec() {
        ScriptedEngine engine = new ScriptedEngine(Answer.json("{\"posts\": [{\"title\": \"Hi\"}]}"));
        try (AsyncSession session = sessionWithoutCodec(engine)) {
            JsonValue sent = JsonValue.builder().put("title", "Ünï").build();
            CompletableFuture<String> title = session.post("http://h/", r -> r.json(sent))
                    .thenApply(r -> r.jsonTree().get("posts").at(0).get("title").asText());

            assertEquals("Hi", title.join());
        }
        assertEquals("{\"title\":\"Ünï\"}", engine.request().text());
        assertEquals("application/json", engine.request().request().headers().get("Content-Type"));
    }

    @Test
    void aTreeIsATypeLikeOthers() {
        ClientResponse response = answered(Answer.json("[7]"));

        assertEquals(JsonValue.array(7), response.json(JsonValue.class));
        assertEquals(JsonValue.array(7), response.json(new TypeRef<JsonValue>() {}));
    }

    @Test
    void whatIsNoJsonIsNoTree() {
        JsonException error = assertThrows(
                JsonException.class, () -> answered(Answer.text("<html>")).jsonTree());

        assertTrue(error.getMessage().endsWith("No JSON: a word that is no value"), error.getMessage());
    }

    @Test
    void aTreeMustBeCalledJsonWhereTheOptionsSaySo() {
        ScriptedEngine engine = new ScriptedEngine(Answer.text("{}"));
        try (AsyncSession session = sessionOver(engine)) {
            CompletableFuture<JsonValue> tree = session.get("http://h/", r -> r.options(o -> o.requireJsonType(true)))
                    .thenApply(ClientResponse::jsonTree);

            assertInstanceOf(
                    ContentTypeException.class,
                    assertThrows(CompletionException.class, tree::join).getCause());
        }
    }

    /** Loaded apart, where there is no Jackson. */
    public static final class JsonOfAnObject implements java.util.concurrent.Callable<String> {
        @Override
        public String call() {
            try (AsyncSession session = sessionOver(new ScriptedEngine(Answer.status(204)))) {
                session.post("http://h/", r -> r.json(Optional.of(1)));
                return "sent";
            } catch (IllegalStateException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    /** Loaded apart, where there is no Jackson. */
    public static final class JsonOfATree implements java.util.concurrent.Callable<String> {
        @Override
        public String call() {
            try (AsyncSession session = sessionOver(new ScriptedEngine(Answer.json("[7]")))) {
                return session.post("http://h/", r -> r.json(JsonValue.array()))
                        .thenApply(r -> r.jsonTree().toString())
                        .join();
            }
        }
    }

    @Test
    void withoutJacksonObjectsAreRefusedWithItsNameAndTreesAreNot() throws ReflectiveOperationException {
        ClassLoader withoutJackson = new WithoutJackson();

        assertEquals(
                "No JSON codec: set one with jsonCodec(…) on the session, or in Java add"
                        + " com.fasterxml.jackson.core:jackson-databind to the class path",
                WithoutJackson.call(withoutJackson, JsonOfAnObject.class));
        assertEquals("[7]", WithoutJackson.call(withoutJackson, JsonOfATree.class));
    }
}
