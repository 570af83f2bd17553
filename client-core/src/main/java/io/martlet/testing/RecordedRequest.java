package io.martlet.testing;

import io.martlet.http.ClientRequest;
import java.nio.charset.StandardCharsets;

/**
 * A request as it reached a {@link ScriptedEngine}: after redirects, authentication and middlewares.
 *
 * @param request method, URL, headers and options; {@code Host}, {@code Content-Length} and {@code Transfer-Encoding} are
 *     missing, as engines set them
 * @param body    the bytes that would have been sent; the array itself, not a copy
 */
public record RecordedRequest(ClientRequest request, byte[] body) {
    /** {@return the body as UTF-8} */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Method, URL without its secrets, and the length of the body. */
    @Override
    public String toString() {
        return request + " (" + body.length + " bytes)";
    }
}
