package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.body.Multipart;
import io.martlet.body.RequestBody;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.Reply;
import io.martlet.http.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakCheck.class)
class AsyncPartTest {
    @TempDir
    Path folder;

    private final LocalServer server =
            new LocalServer().on("/", request -> Reply.bytes(request.getBody(), request.header("Content-Type")));
    private final AsyncSession session = AsyncSession.create();
    private final List<Object> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    private CompletableFuture<Void> forEachPart(
            Multipart.Builder form, Function<AsyncPart, ? extends CompletionStage<?>> action) {
        return session.open("POST", server.url("/"), r -> r.multipart(form.build()))
                .thenCompose(response -> response.forEachPart(action));
    }

    @Test
    void aPartSaysWhatItIs() {
        forEachPart(Multipart.formData().part("a", "a.txt", RequestBody.text("x")), part -> {
                    seen.addAll(List.of(
                            part.name().orElseThrow(),
                            part.fileName().orElseThrow(),
                            part.mediaType().toString(),
                            part.contentDisposition().orElseThrow().type(),
                            part.headers().size(),
                            part.toString()));
                    return CompletableFuture.completedFuture(null);
                })
                .join();

        assertEquals(List.of("a", "a.txt", "text/plain; charset=utf-8", "form-data", 2, "part of text/plain"), seen);
    }

    @Test
    void thePartsAreReadInTheirOrderAndWhatIsNotReadIsSkipped() throws IOException {
        Path path = folder.resolve("saved");
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Multipart.Builder form = Multipart.formData().field("value", 1).field("skipped", 2);
        form.field("output", 3).field("file", 4);
        forEachPart(form, part -> switch (part.name().orElseThrow()) {
                    case "value" -> part.readAll().thenApply(Part::text).thenAccept(seen::add);
                    case "output" -> part.transferTo(output).thenAccept(seen::add);
                    case "file" -> part.saveTo(path).thenAccept(seen::add);
                    default -> CompletableFuture.completedFuture(null);
                })
                .join();

        assertEquals(List.of("1", 1L, 1L), seen);
        assertEquals("34", output + Files.readString(path));
    }

    @Test
    void aPartMayBeMultipartItself() {
        Multipart inner = Multipart.mixed(RequestBody.text("x"), RequestBody.text("y"));
        forEachPart(
                        Multipart.formData().part("inner", inner.toBody()),
                        part -> part.forEachPart(in -> in.readAll().thenAccept(value -> seen.add(value.text()))))
                .join();

        assertEquals(List.of("x", "y"), seen);
    }

    @Test
    void aStageThatFailsEndsTheReading() {
        Multipart.Builder form = Multipart.formData().field("a", 1).field("b", 2);
        CompletableFuture<Void> parts = forEachPart(form, part -> {
            seen.add(part.name().orElseThrow());
            return CompletableFuture.failedFuture(new IOException("enough"));
        });

        CompletionException error = assertThrows(CompletionException.class, parts::join);

        assertInstanceOf(IOException.class, error.getCause());
        assertEquals(List.of("a"), seen);
    }

    @Test
    void cancellingCancelsTheStageThatIsWaitedFor() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        CompletableFuture<Void> isWaiting = new CompletableFuture<>();
        CompletableFuture<Void> parts = forEachPart(Multipart.formData().field("a", 1), part -> {
            isWaiting.complete(null);
            return stage;
        });
        isWaiting.join();

        parts.cancel(true);

        assertThrows(Exception.class, stage::join);
        assertTrue(stage.isCancelled());
    }

    @Test
    void aPartThatIsOverCannotBeRead() {
        forEachPart(Multipart.formData().field("a", 1), part -> {
                    seen.add(part);
                    return CompletableFuture.completedFuture(null);
                })
                .join();

        CompletableFuture<Part> late = ((AsyncPart) seen.get(0)).readAll();

        assertInstanceOf(
                IllegalStateException.class,
                assertThrows(CompletionException.class, late::join).getCause());
    }
}
