package io.martlet.docs;

import io.martlet.async.AsyncMiddleware;
import io.martlet.async.AsyncSession;
import io.martlet.body.FormData;
import io.martlet.body.RequestBody;
import io.martlet.http.Attribute;
import io.martlet.http.MediaType;
import io.martlet.http.Method;
import io.martlet.http.Url;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** What a request is told, and what it carries. */
final class JavaRequests {
    private static final Attribute<String> JOB = new Attribute<>("job");

    private JavaRequests() {}

    static void requests(AsyncSession session, AsyncMiddleware log, byte[] data) {
        inTurn(
                // row: method
                session.request("PURGE", "items/1", r -> {}),
                // row: raw-url
                session.send(session.newRequest(Method.GET, Url.raw("https://api.example.com/a%2Fb"), r -> {})),
                // row: params
                session.get("items", r -> r.param("page", 2).param("tag", "a").param("tag", "b")),
                // row: request-headers
                session.get("items", r -> r.header("Accept", "text/csv")),
                // row: request-cookies
                session.get("items", r -> r.cookie("theme", "light")),
                // row: request-skip
                session.get("items", r -> r.skipAutoHeaders("Accept")),
                // row: request-timeout
                session.get("items", r -> r.totalTimeout(Duration.ofSeconds(5)).raiseForStatus(true)),
                // row: redirects
                session.get("items", r -> r.followRedirects(false)),
                // row: request-middlewares
                session.get("items", r -> r.withoutMiddlewares().use(log)),
                // row: request-attribute
                session.get("items", r -> r.attribute(JOB, "job 7")),
                // row: compress
                session.post("items", r -> r.bytes(data).compress("gzip")),
                // row: expect
                session.put("files/1", r -> r.header("Expect", "100-continue").bytes(data))
                // end
                );
    }

    static void bodies(AsyncSession session, Path path, Flow.Publisher<ByteBuffer> chunks, InputStream stream)
            throws IOException {
        inTurn(
                // row: body-bytes
                session.post("items", r -> r.bytes(new byte[] {1, 2, 3})),
                // row: body-text
                session.post("items", r -> r.text("some text")),
                // row: body-json
                session.post("items", r -> r.json(new Item(3, "Three"))),
                // row: body-form
                session.post("items", r -> r.form(FormData.of("id", "3", "title", "Three")))
                // end
                );
        // row: body-file
        RequestBody report = RequestBody.file(path);
        session.post("files", r -> r.body(report)).join();
        // row: body-iterator
        RequestBody once = RequestBody.publisher(chunks, MediaType.OCTET_STREAM);
        session.post("files", r -> r.body(once)).join();
        // row: body-payload
        RequestBody table = RequestBody.stream(stream, MediaType.parse("text/csv"));
        session.post("files", r -> r.body(table)).join();
        // row: body-progress
        RequestBody watched = report.withProgress((bytes, total) -> System.out.println(bytes + " of " + total));
        session.post("files", r -> r.body(watched)).join();
        // end
    }

    private static void inTurn(CompletableFuture<?>... calls) {
        CompletableFuture.allOf(calls).join();
    }
}
