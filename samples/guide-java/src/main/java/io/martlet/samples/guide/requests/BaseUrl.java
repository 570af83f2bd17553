// Prints:
//   posts/1: http://127.0.0.1:8080/anything/v1/posts/1
//   ../v2/posts: http://127.0.0.1:8080/anything/v2/posts
//   /get: http://127.0.0.1:8080/get
package io.martlet.samples.guide.requests;

import io.martlet.async.AsyncSession;

/** Relative URLs are resolved as in a browser: with a leading slash against the host, otherwise against the base URL. */
public final class BaseUrl {
    public static void main(String[] args) {
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(args[0] + "anything/v1/").build()) {
            System.out.println("posts/1: " + session.get("posts/1").join().url());
            System.out.println(
                    "../v2/posts: " + session.get("../v2/posts").join().url());
            System.out.println("/get: " + session.get("/get").join().url());
        }
    }
}
