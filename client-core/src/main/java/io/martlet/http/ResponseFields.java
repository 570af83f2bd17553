package io.martlet.http;

import java.util.List;
import java.util.Optional;

/** What the fields of a response say, for both forms of it. */
final class ResponseFields {
    private ResponseFields() {}

    static MediaType mediaType(Headers headers) {
        return headers.firstValue("Content-Type").flatMap(MediaType::tryParse).orElse(MediaType.OCTET_STREAM);
    }

    static Optional<ContentDisposition> contentDisposition(Headers headers) {
        return headers.firstValue("Content-Disposition").flatMap(ContentDisposition::parse);
    }

    static List<Link> links(Headers headers, Url url) {
        List<String> values = headers.getAll("Link");
        return values.isEmpty() ? List.of() : Link.parse(values, url);
    }
}
