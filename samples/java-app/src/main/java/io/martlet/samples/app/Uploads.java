package io.martlet.samples.app;

import io.martlet.async.AsyncSession;
import io.martlet.body.BytesBody;
import io.martlet.body.FormData;
import io.martlet.body.Multipart;
import io.martlet.body.RequestBody;
import io.martlet.body.SourceBody;
import io.martlet.body.TransferProgress;
import io.martlet.http.Headers;
import io.martlet.http.MediaType;
import io.martlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Bodies of requests: forms, files, streams that are read while they are sent. */
final class Uploads implements Chapter {
    @Override
    public void tell(String url, PrintStream out) {
        try (AsyncSession session = AsyncSession.builder().baseUrl(url).build()) {
            FormData.Builder form = FormData.builder().add("name", "Ann").add("age", 42);
            out.println("form: " + sent(session, form.build().toBody(), "form"));

            Multipart.Builder upload = Multipart.formData()
                    .field("title", "Minutes")
                    .part("file", "minutes.txt", RequestBody.text("We met."));
            out.println("file: " + sent(session, upload.build().toBody(), "files"));

            AtomicLong reported = new AtomicLong();
            TransferProgress progress = (bytes, total) -> reported.set(bytes);
            RequestBody stream =
                    RequestBody.stream(new ByteArrayInputStream(new byte[100_000]), MediaType.OCTET_STREAM);
            sent(session, stream.withProgress(progress), "data");
            out.println("stream: " + reported + " bytes");

            out.println(describe(stream) + "; " + describe(RequestBody.text("short")));
        }
        out.println("series: " + series().size() + " parts");
    }

    private static String sent(AsyncSession session, RequestBody body, String field) {
        return session.post("post", request -> request.body(body))
                .join()
                .jsonTree()
                .get(field)
                .toString();
    }

    private static String describe(RequestBody body) {
        if (body instanceof BytesBody inMemory) {
            return inMemory.bytes().length + " bytes that can be sent again";
        }
        return "a source that " + (((SourceBody) body).isReplayable() ? "can" : "cannot") + " be sent again";
    }

    /** A body of parts that is no form, and what a reader makes of it. */
    private static List<Part> series() {
        Multipart.SeriesBuilder series = Multipart.of("related")
                .boundary("next")
                .part(RequestBody.text("first"))
                .part(RequestBody.text("second"), Headers.of("Content-ID", "<2>"));
        Multipart body = series.build();
        String text = "--next\r\n\r\nfirst\r\n--next\r\nContent-ID: <2>\r\n\r\nsecond\r\n--next--\r\n";
        return Multipart.parse(body.contentType(), text.getBytes(StandardCharsets.UTF_8));
    }
}
