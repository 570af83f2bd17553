package io.martlet.docs;

import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import io.martlet.body.FormData;
import io.martlet.body.Multipart;
import io.martlet.body.RequestBody;
import io.martlet.http.ClientResponse;
import io.martlet.http.Headers;
import io.martlet.http.MediaType;
import io.martlet.http.Part;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Multipart bodies that are sent, and those that are read. */
final class JavaMultipart {
    private JavaMultipart() {}

    static Multipart bodies(AsyncSession session, byte[] image) {
        // row: multipart-form
        Multipart form = Multipart.formData()
                .field("title", "Minutes")
                .part("file", "minutes.txt", RequestBody.text("We met."))
                .build();
        session.post("files", r -> r.multipart(form)).join();
        // row: multipart-writer
        Multipart related = Multipart.of("related")
                .part(RequestBody.text("<img src='cid:1'>", MediaType.parse("text/html")))
                .part(RequestBody.bytes(image, MediaType.parse("image/png")), Headers.of("Content-ID", "<1>"))
                .build();
        // row: multipart-append
        Multipart mixed = Multipart.mixed(
                RequestBody.text("{\"id\": 3}", MediaType.JSON),
                FormData.of("id", "3").toBody(),
                related.toBody());
        // row: multipart-boundary
        Multipart named = Multipart.of("mixed")
                .boundary("next")
                .part(RequestBody.text("first"))
                .build();
        // row: multipart-size
        long size = named.toBody().contentLength();
        // end
        if (size <= 0) {
            throw new AssertionError(size);
        }
        return mixed;
    }

    static void read(AsyncSession session, Consumer<Object> seen) {
        // row: multipart-reader
        try (AsyncResponse response = session.open("GET", "parts").join()) {
            response.forEachPart(part -> part.readAll().thenAccept(whole -> seen.accept(whole.text())))
                    .join();
        }
        // end
    }

    static List<Part> value(ClientResponse value) {
        // row: multipart-value
        List<Part> parts = value.parts();
        // end
        return parts;
    }

    static List<Object> part(Part part) {
        return List.of(
                // row: part-name
                part.name(),
                part.fileName(),
                part.headers(),
                // row: part-text
                part.text(),
                part.bytes(),
                part.charset(),
                // row: part-nested
                Multipart.parse(part.mediaType(), part.bytes())
                // end
                );
    }

    static void lines(AsyncSession session, Flow.Subscriber<Object> subscriber, CompletionStage<?> done) {
        try (AsyncResponse response = session.open("GET", "parts").join()) {
            response.forEachPart(part -> {
                        // row: part-lines
                        part.body().lines().subscribe(subscriber);
                        // end
                        return done;
                    })
                    .join();
        }
    }
}
