package io.martlet.samples.guide.errors;

import io.martlet.async.AsyncSession;
import io.martlet.async.BlockingSession;
import io.martlet.async.RequestSpec;
import io.martlet.config.ClientTimeout;
import io.martlet.config.ConnectorConfig;
import io.martlet.error.ClientException.TimeoutException;
import io.martlet.rate.RateLimit;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Each time limit has an error of its own, which knows the limit and the phase; all are TimeoutExceptions. */
public final class ErrorsOfTime {
    public static void main(String[] args) throws Exception {
        Duration moment = Duration.ofMillis(100);
        ConnectorConfig one = ConnectorConfig.builder().limit(1).build();
        try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"));
                AsyncSession session =
                        AsyncSession.builder().baseUrl(args[0]).connector(one).build()) {
            BlockingSession web = session.blocking();
            String nobody = "//127.0.0.1:" + silent.getLocalPort() + "/";
            provoke(() ->
                    web.get("https:" + nobody, within(ClientTimeout.builder().tls(moment))));
            provoke(() -> web.post(
                    "http:" + nobody,
                    within(ClientTimeout.builder().write(moment)).andThen(r -> r.bytes(new byte[32 << 20]))));
            provoke(() -> web.get("delay/5", within(ClientTimeout.builder().socketRead(moment))));
            provoke(() -> web.get("delay/5", within(ClientTimeout.builder().total(moment))));

            session.get("delay/5"); // takes the only connection until the session is closed
            provoke(() -> web.get("get", within(ClientTimeout.builder().queue(moment))));
        }
        RateLimit hourly = RateLimit.of(1, Duration.ofHours(1));
        try (AsyncSession patient =
                AsyncSession.builder().baseUrl(args[0]).rateLimit(hourly).build()) {
            patient.get("get").join();
            // Its turn would come in an hour: the error comes at once.
            provoke(() ->
                    patient.blocking().get("get", within(ClientTimeout.builder().total(moment))));
        }
    }

    private static Consumer<RequestSpec> within(ClientTimeout.Builder limits) {
        return r -> r.timeout(limits.build());
    }

    private static void provoke(Callable<?> call) throws Exception {
        try {
            System.out.println("no error: " + call.call());
        } catch (TimeoutException e) {
            System.out.println(e.getClass().getSimpleName() + " in phase " + e.phase() + ": " + e.limit());
        }
    }
}
