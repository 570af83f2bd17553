package io.martlet.docs;

import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.Link;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a response says, for both languages alike. */
final class Said {
    private Said() {}

    /** As text, without requests, responses, arrays, header fields and objects of the program's own. */
    static List<String> of(Collection<?> values) {
        return values.stream()
                .map(value -> value instanceof Optional<?> link && link.orElse(null) instanceof Link found
                        ? Optional.of(found.url())
                        : value)
                .filter(value -> !isLeftOut(value))
                .map(String::valueOf)
                .toList();
    }

    private static boolean isLeftOut(Object value) {
        return value instanceof ClientRequest
                || value instanceof ClientResponse
                || value instanceof byte[]
                || value instanceof Map
                || value instanceof Item
                || value instanceof io.martlet.docs.api.Item
                || String.valueOf(value).startsWith("[ETag")
                || String.valueOf(value).startsWith("[Content-Type");
    }
}
