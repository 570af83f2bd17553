// Prints:
//   status: 200
//   type: application/json
//   text: 194 characters
//   bytes: 194
//   json: 7
//   url: http://127.0.0.1:8080/get?id=7 after 1 redirect
package io.martlet.samples.guide.responses;

import io.martlet.async.AsyncSession;
import io.martlet.body.JsonValue;
import io.martlet.http.ClientResponse;

/** What there is to read from a response. Its body is complete, so nothing has to be awaited. */
public final class ReadingResponses {
    public static void main(String[] args) {
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            ClientResponse response = session.get("redirect-to?url=/get%3Fid=7").join();
            System.out.println("status: " + response.status());
            System.out.println("type: " + response.mediaType());
            System.out.println("text: " + response.text().length() + " characters");
            System.out.println("bytes: " + response.bytes().length);
            JsonValue params = response.jsonTree().get("args");
            System.out.println("json: " + params.get("id").asText());
            System.out.println(
                    "url: " + response.url() + " after " + response.history().size() + " redirect");
        }
    }
}
