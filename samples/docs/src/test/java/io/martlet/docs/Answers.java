package io.martlet.docs;

import io.martlet.http.MediaType;
import io.martlet.testing.Answer;
import io.martlet.testing.RecordedRequest;
import java.nio.charset.StandardCharsets;

/** The API of the examples: what a path ends with says what it answers. */
final class Answers {
    private Answers() {}

    static Answer to(RecordedRequest asked) {
        String path = asked.request().url().path();
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "file" ->
                bytes("0123456789abcdef0123", "application/octet-stream").withHeader("Content-Length", "20");
            case "lines" -> Answer.text("one\ntwo\n");
            case "events" -> bytes("data: 1\n\ndata: 2\n\n", "text/event-stream");
            case "parts" -> parts();
            default ->
                Answer.json("{\"id\": 3, \"title\": \"Three\"}")
                        .withHeader("ETag", "\"v1\"")
                        .withHeader("Link", "<?page=2>; rel=next")
                        .withHeader("Set-Cookie", "theme=dark")
                        .withHeader("Content-Disposition", "attachment; filename=\"../item.json\"");
        };
    }

    private static Answer parts() {
        String nested = "--y\r\n\r\ninner\r\n--y--\r\n";
        String head = "Content-Disposition: form-data; name=\"inner\"; filename=\"a.txt\"\r\n"
                + "Content-Type: multipart/mixed; boundary=y\r\n\r\n";
        return bytes("--x\r\n" + head + nested + "\r\n--x--\r\n", "multipart/mixed; boundary=x");
    }

    private static Answer bytes(String body, String type) {
        return Answer.bytes(body.getBytes(StandardCharsets.UTF_8), MediaType.parse(type));
    }
}
