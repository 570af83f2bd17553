package io.martlet.samples.guide.responses;

import io.martlet.async.AsyncSession;
import io.martlet.async.BlockingSession;
import io.martlet.body.RequestBody;
import io.martlet.config.ClientTimeout;
import io.martlet.config.ConnectorConfig;
import io.martlet.error.ClientException;
import io.martlet.http.ClientResponse;
import io.martlet.http.MediaType;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Provokes the errors that a client can provoke; each knows the phase of the request in which it happened. */
public final class EveryError {
    public static void main(String[] args) throws Exception {
        ConnectorConfig connector = ConnectorConfig.builder()
                .limit(1)
                .resolver(host -> CompletableFuture.failedFuture(new UnknownHostException(host)))
                .build();
        AsyncSession session =
                AsyncSession.builder().baseUrl(args[0]).connector(connector).build();
        BlockingSession web = session.blocking();
        Duration moment = Duration.ofMillis(100);
        try (session) {
            provoke(() -> web.get("http://[/"));
            provoke(() -> web.get("http://unknown.test/"));
            provoke(() -> web.get("http://127.0.0.1:1/"));
            provoke(() -> web.get(args[0].replaceFirst("^http:", "https:")));
            provoke(() -> web.post(
                    "post", r -> r.body(RequestBody.stream(InputStream.nullInputStream(), MediaType.TEXT, 5))));
            provoke(() -> web.get("delay/5", r -> r.totalTimeout(moment)));
            provoke(() -> web.get(
                    "delay/5",
                    r -> r.timeout(ClientTimeout.builder().socketRead(moment).build())));
            provoke(() -> web.get("bytes/2000", r -> r.options(o -> o.maxBufferedBody(1000))));
            provoke(() -> web.get("status/404", r -> r.raiseForStatus(true)));
            provoke(() -> web.get("redirect/12"));
            provoke(() -> web.get("html", r -> r.options(o -> o.requireJsonType(true)))
                    .jsonTree());
            provoke(() -> web.get("html").jsonTree());
            CompletableFuture<ClientResponse> other = session.get("delay/5"); // takes the only connection
            provoke(() -> web.get(
                    "get", r -> r.timeout(ClientTimeout.builder().queue(moment).build())));
            other.cancel(true);
        }
        provoke(() -> web.get("get"));
    }

    private static void provoke(Callable<?> call) throws Exception {
        try {
            System.out.println("no error: " + call.call());
        } catch (ClientException e) {
            System.out.println(e.getClass().getSimpleName() + " in phase " + e.phase());
        }
    }
}
