package io.martlet.samples.guide.responses;

import io.martlet.async.AsyncSession;
import io.martlet.body.JsonValue;
import io.martlet.http.ClientResponse;

/** All that a response knows; nothing of it has to be waited for, as the body is there. */
public final class ReadingResponses {
    public static void main(String[] args) {
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            ClientResponse response = session.get("redirect-to?url=/json").join();
            System.out.println("status: " + response.status());
            System.out.println("type: " + response.mediaType());
            System.out.println("text: " + response.text().length() + " characters");
            System.out.println("bytes: " + response.bytes().length);
            JsonValue slides = response.jsonTree().get("slideshow");
            System.out.println("json: " + slides.get("title").asText());
            System.out.println(
                    "url: " + response.url() + " after " + response.history().size() + " redirect");
        }
    }
}
