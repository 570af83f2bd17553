package io.martlet.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the fields of a response, or of a part of one, say; for both forms of them. */
final class ResponseFields {
    private static final MediaType PLAIN_TEXT = new MediaType("text", "plain", Map.of());

    private ResponseFields() {}

    static MediaType mediaType(Headers headers) {
        return headers.firstValue("Content-Type").flatMap(MediaType::tryParse).orElse(MediaType.OCTET_STREAM);
    }

    /** RFC 2046 §5.1: a part that does not say what it is is text. */
    static MediaType partType(Headers headers) {
        return headers.contains("Content-Type") ? mediaType(headers) : PLAIN_TEXT;
    }

    static Optional<ContentDisposition> contentDisposition(Headers headers) {
        return headers.firstValue("Content-Disposition").flatMap(ContentDisposition::parse);
    }

    static List<Link> links(Headers headers, Url url) {
        List<String> values = headers.getAll("Link");
        return values.isEmpty() ? List.of() : Link.parse(values, url);
    }
}
