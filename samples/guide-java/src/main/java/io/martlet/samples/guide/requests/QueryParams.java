// Prints:
//   sent: page=1&status=in+review&tag=a%26b&tag=c
//   page: "1"
//   status: "in review"
//   tag: ["a&b","c"]
package io.martlet.samples.guide.requests;

import io.martlet.async.AsyncSession;
import io.martlet.http.ClientResponse;

/** Parameters are escaped and appended to the URL. */
public final class QueryParams {
    public static void main(String[] args) {
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            ClientResponse response = session.get(
                            "get",
                            r -> r.param("page", 1)
                                    .param("status", "in review")
                                    .param("tag", "a&b")
                                    .param("tag", "c"))
                    .join();
            System.out.println("sent: " + response.url().query());
            System.out.println("page: " + response.jsonTree().get("args").get("page"));
            System.out.println("status: " + response.jsonTree().get("args").get("status"));
            System.out.println("tag: " + response.jsonTree().get("args").get("tag"));
        }
    }
}
