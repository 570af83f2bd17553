// Prints:
//   five to a host: 20 responses over 5 connections
//   none kept: 20 responses over 20 connections
package io.martlet.samples.guide.settings;

import io.martlet.async.AsyncSession;
import io.martlet.config.ConnectorConfig;
import io.martlet.http.ClientResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** How many connections a session may have, how many to one host, and how long they are kept. */
public final class ConnectionPool {
    public static void main(String[] args) {
        ConnectorConfig few = ConnectorConfig.builder()
                .limit(50)
                .limitPerHost(5)
                .keepAlive(Duration.ofSeconds(30))
                .dnsTtl(Duration.ofMinutes(5))
                .build();
        print("five to a host", args[0], few);
        print("none kept", args[0], few.toBuilder().forceClose(true).build());
    }

    private static void print(String title, String url, ConnectorConfig connector) {
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(url).connector(connector).build()) {
            List<Integer> statuses = session.gather(
                            IntStream.range(0, 20).boxed(),
                            20,
                            i -> session.get("delay/0.05").thenApply(ClientResponse::status))
                    .join();
            System.out.println(title + ": " + statuses.size() + " responses over "
                    + session.statistics().opened() + " connections");
        }
    }
}
