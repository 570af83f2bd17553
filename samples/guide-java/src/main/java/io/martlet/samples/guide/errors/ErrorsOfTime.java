// Prints:
//   ConnectTimeoutException in phase tls: PT0.1S
//   WriteTimeoutException in phase write: PT0.1S
//   ReadTimeoutException in phase first byte: PT0.1S
//   TotalTimeoutException in phase total: PT0.1S
//   QueueTimeoutException in phase queue: PT0.1S
//   RateTimeoutException in phase rate: PT0.1S
package io.martlet.samples.guide.errors;

import io.martlet.async.AsyncSession;
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
import java.util.function.UnaryOperator;

/** Each time limit has an error of its own, which names the limit and the phase; all are TimeoutExceptions. */
public final class ErrorsOfTime {
    public static void main(String[] args) throws Exception {
        Duration moment = Duration.ofMillis(100);
        ConnectorConfig one = ConnectorConfig.builder().limit(1).build();
        RateLimit hourly = RateLimit.of(1, Duration.ofHours(1));
        var session = AsyncSession.builder().baseUrl(args[0]).connector(one).build();
        var patient = AsyncSession.builder().baseUrl(args[0]).rateLimit(hourly).build();
        try (session;
                patient;
                var silent = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"))) {
            var web = session.blocking();
            String nobody = "//127.0.0.1:" + silent.getLocalPort() + "/";
            provoke(() -> web.get("https:" + nobody, within(t -> t.tls(moment))));
            Consumer<RequestSpec> large = r -> r.bytes(new byte[32 << 20]);
            provoke(() -> web.post("http:" + nobody, large.andThen(within(t -> t.write(moment)))));
            provoke(() -> web.get("delay/5", within(t -> t.socketRead(moment))));
            provoke(() -> web.get("delay/5", within(t -> t.total(moment))));
            session.get("delay/5"); // takes the only connection until the session is closed
            provoke(() -> web.get("get", within(t -> t.queue(moment))));
            patient.get("get").join();
            // Its turn would come in an hour: the error comes at once.
            provoke(() -> patient.blocking().get("get", within(t -> t.total(moment))));
        }
    }

    private static Consumer<RequestSpec> within(UnaryOperator<ClientTimeout.Builder> limit) {
        return r -> r.timeout(limit.apply(ClientTimeout.builder()).build());
    }

    private static void provoke(Callable<?> call) throws Exception {
        try {
            System.out.println("no error: " + call.call());
        } catch (TimeoutException e) {
            System.out.println(e.getClass().getSimpleName() + " in phase " + e.phase() + ": " + e.limit());
        }
    }
}
