package io.martlet.internal.http1;

import io.martlet.http.Headers;
import io.martlet.http.HttpVersion;

/**
 * Status line and header fields of a response.
 *
 * @param version HTTP/1.0 or HTTP/1.1
 * @param status  100 to 999
 * @param reason  as it was sent, often empty
 * @param headers all fields, in their order
 */
public record ResponseHead(HttpVersion version, int status, String reason, Headers headers) {
    /** Whether the final response is still to come (RFC 9110 §15.2); after 101 comes another protocol. */
    public boolean isInterim() {
        return status < 200 && status != 101;
    }
}
