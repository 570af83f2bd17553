package io.martlet.docs;

import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import io.martlet.http.ClientResponse;
import io.martlet.http.ContentDisposition;
import io.martlet.http.Headers;
import io.martlet.http.Link;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** What a response says, and bodies that are read as they arrive. */
final class JavaResponses {
    private JavaResponses() {}

    static List<Object> response(ClientResponse response) {
        return Arrays.asList(
                // row: status
                response.status(),
                response.reason(),
                response.version(),
                // row: ok
                response.isOk(),
                // row: url
                response.method(),
                response.url(),
                response.realUrl(),
                // row: request-info
                response.url().host(),
                response.request(),
                // row: history
                response.history(),
                // row: response-headers
                response.headers().get("ETag"),
                response.headers().getAll("Link"),
                // row: raw-headers
                response.headers().toMap(),
                // row: response-cookies
                response.cookies(),
                // row: content-type
                response.mediaType(),
                // row: charset
                response.charset(),
                // row: content-disposition
                response.contentDisposition().flatMap(ContentDisposition::safeFileName),
                // row: links
                response.link("next").map(Link::url),
                // row: read
                response.bytes(),
                // row: text
                response.text(),
                // row: json
                response.json(Item.class),
                // row: json-tree
                response.jsonTree().get("title").asText(),
                // row: raise
                response.raiseForStatus()
                // end
                );
    }

    static int release(AsyncSession session) {
        // row: release
        try (AsyncResponse response = session.open("GET", "items").join()) {
            return response.status();
        }
        // end
    }

    static void readany(AsyncResponse response, Flow.Subscriber<Object> subscriber) {
        // row: readany
        response.body().publisher().subscribe(subscriber);
        // end
    }

    static byte[] read(AsyncResponse response) {
        // row: content-read
        byte[] bytes = response.body().readBytes(1_000_000).join();
        // end
        return bytes;
    }

    static byte[] readExactly(AsyncResponse response) {
        // row: readexactly
        byte[] head = response.body().readExactly(4).join();
        // end
        return head;
    }

    static void lines(AsyncResponse response, Flow.Subscriber<Object> subscriber) {
        // row: lines
        response.lines().subscribe(subscriber);
        // end
    }

    static void chunksOf(AsyncResponse response, Flow.Subscriber<Object> subscriber) {
        // row: iter-chunked
        response.body().chunks(8).subscribe(subscriber);
        // end
    }

    static void chunks(AsyncResponse response, Flow.Subscriber<Object> subscriber) {
        // row: iter-any
        response.body().chunks().subscribe(subscriber);
        // end
    }

    static void events(AsyncResponse response, Flow.Subscriber<Object> subscriber) {
        // row: events
        response.events().subscribe(subscriber);
        // end
    }

    static long save(AsyncResponse response, Path path) {
        // row: save
        long length = response.saveTo(path).join();
        // end
        return length;
    }

    static List<Object> transfer(Supplier<AsyncResponse> opened, ByteArrayOutputStream output) {
        AsyncResponse response = opened.get();
        // row: content-length
        long announced = response.contentLength();
        // row: total-bytes
        long bytes = response.transferTo(output).join();
        // row: trailers
        Headers trailers = response.trailers();
        // end
        return List.of(announced, bytes, trailers.size());
    }
}
