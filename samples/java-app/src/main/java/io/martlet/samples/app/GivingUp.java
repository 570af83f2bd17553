package io.martlet.samples.app;

import io.martlet.async.AsyncSession;
import io.martlet.async.CancellableFuture;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Ends what is no longer wanted: by cancelling any stage, by a limit of your own, or by one of the session. */
final class GivingUp implements Chapter {
    @Override
    public void tell(String url, PrintStream out) {
        try (AsyncSession session = AsyncSession.builder().baseUrl(url).build()) {
            CompletableFuture<Integer> size = session.get("delay/10").thenApply(response -> response.bytes().length);
            size.cancel(true);
            boolean reachesTheSocket = size instanceof CancellableFuture<?>;
            out.println("cancelled: " + size.isCancelled() + ", and the connection is closed: " + reachesTheSocket);

            out.println(outcome(session.get("delay/10").orTimeout(20, TimeUnit.MILLISECONDS)));
            out.println(outcome(session.get("delay/10", request -> request.totalTimeout(Duration.ofMillis(20)))));

            session.closeAsync().join();
            out.println("the session and its threads are gone: " + session.isClosed());
        }
    }

    private static String outcome(CompletableFuture<?> future) {
        try {
            return "not to be expected: " + future.join();
        } catch (CancellationException e) {
            return "cancelled by its caller";
        } catch (CompletionException e) {
            return "ended by " + e.getCause().getClass().getSimpleName();
        }
    }
}
