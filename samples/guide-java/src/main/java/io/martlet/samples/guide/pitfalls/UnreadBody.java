// Prints:
//   unread: 200
//   unread: 200
//   unread: 200
//   unread: 200
//   unread: 200
//   read late: "1" and "2"
package io.martlet.samples.guide.pitfalls;

import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import io.martlet.config.ConnectorConfig;
import io.martlet.http.ClientResponse;

/** The response of a verb has its body, read or not; one from open returns its connection when it is closed. */
public final class UnreadBody {
    public static void main(String[] args) {
        ConnectorConfig one = ConnectorConfig.builder().limit(1).build();
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(args[0]).connector(one).build()) {
            ClientResponse first = session.get("get?id=1").join();
            ClientResponse second = session.get("get?id=2").join();
            for (int i = 0; i < 5; i++) {
                try (AsyncResponse unread = session.open("GET", "bytes/1000").join()) {
                    System.out.println("unread: " + unread.status());
                }
            }
            System.out.println("read late: " + first.jsonTree().get("args").get("id") + " and "
                    + second.jsonTree().get("args").get("id"));
        }
    }
}
