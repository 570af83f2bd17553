package io.martlet.samples.guide.requests;

import io.martlet.async.AsyncSession;

/** URLs are resolved against the base URL as a browser does it: with a slash in front, against its host. */
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
