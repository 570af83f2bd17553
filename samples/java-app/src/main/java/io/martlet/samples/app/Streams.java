package io.martlet.samples.app;

import io.martlet.async.AsyncBody;
import io.martlet.async.AsyncPart;
import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import io.martlet.body.ServerSentEvent;
import io.martlet.http.ContentDisposition;
import io.martlet.http.Headers;
import io.martlet.http.HttpVersion;
import io.martlet.testing.Answer;
import io.martlet.testing.ScriptedEngine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** Bodies of responses, read as they arrive: to a file, in lines, events and parts. */
final class Streams implements Chapter {
    @Override
    public void tell(String url, PrintStream out) throws IOException {
        Path file = Files.createTempFile("download", ".bin");
        try (AsyncSession session = AsyncSession.builder().baseUrl(url).build()) {
            try (AsyncResponse response = session.open("GET", "bytes/50000").join()) {
                HttpVersion version = response.version();
                out.println(version + ": " + response.saveTo(file).join() + " bytes in a file");
            }
            try (AsyncResponse response = session.open("GET", "stream/3").join()) {
                out.println(collected(response.lines()).join().size() + " lines");
            }
            try (AsyncResponse response = session.open("GET", "bytes/10").join()) {
                AsyncBody body = response.body();
                int first = body.readExactly(4).join().length;
                out.println(first + " bytes, then " + body.readBytes().join().length);
            }
        } finally {
            Files.delete(file);
        }
        out.println(events());
        out.println(parts());
    }

    private static String events() {
        try (AsyncSession session = answering("text/event-stream", "event: price\ndata: 42\n\ndata: bye\n\n");
                AsyncResponse response = session.open("GET", "/prices").join()) {
            List<ServerSentEvent> events = collected(response.events()).join();
            return "event " + events.get(0).type() + " says " + events.get(0).data();
        }
    }

    private static String parts() {
        String body = "--x\r\nContent-Disposition: attachment; filename=\"a/../b.txt\"\r\n\r\nhi\r\n--x--\r\n";
        try (AsyncSession session = answering("multipart/mixed; boundary=x", body);
                AsyncResponse response = session.open("GET", "/files").join()) {
            List<String> names = new CopyOnWriteArrayList<>();
            response.forEachPart(part -> {
                        names.add(safeName(part));
                        return part.readAll();
                    })
                    .join();
            return "part to be saved as " + names.get(0);
        }
    }

    private static String safeName(AsyncPart part) {
        return part.contentDisposition()
                .flatMap(ContentDisposition::safeFileName)
                .orElse("part");
    }

    /** A session that always gets the same answer. */
    private static AsyncSession answering(String type, String body) {
        Headers headers = Headers.of("Content-Type", type);
        Answer answer = Answer.streaming(body.getBytes(StandardCharsets.UTF_8))
                .withHeader("Content-Type", headers.firstValue("Content-Type").orElseThrow());
        ScriptedEngine engine = new ScriptedEngine(answer);
        return AsyncSession.builder()
                .baseUrl("http://stream.test/")
                .engine(connector -> engine)
                .build();
    }

    /** All elements of a publisher, asked for one by one. */
    private static <T> CompletableFuture<List<T>> collected(Flow.Publisher<T> publisher) {
        CompletableFuture<List<T>> all = new CompletableFuture<>();
        publisher.subscribe(new Flow.Subscriber<>() {
            private final List<T> elements = new CopyOnWriteArrayList<>();
            private Flow.Subscription subscription;

            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription = given;
                given.request(1);
            }

            @Override
            public void onNext(T element) {
                elements.add(element);
                subscription.request(1);
            }

            @Override
            public void onError(Throwable failure) {
                all.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                all.complete(elements);
            }
        });
        return all;
    }
}
