package io.martlet.internal.net;

import io.martlet.fixture.AwaitKt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what must come, however long a busy machine takes. */
final class Await {
    private static final int PATIENCE_SECONDS = 30;

    private Await() {}

    /** Waits until {@code condition} holds; {@code what} tells what is the case if it never does. */
    static void until(Supplier<String> what, BooleanSupplier condition) {
        AwaitKt.eventually(what::get, condition::getAsBoolean);
    }

    /** The result, or an error if there is none. */
    static <T> T result(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("There is no result of " + future, e);
        }
    }

    /** The cause of the failure, or an error if there is none. */
    static Throwable failure(CompletableFuture<?> future) {
        try {
            throw new AssertionError("It did not fail but gave " + future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (Exception e) {
            throw new AssertionError("There is no result of " + future, e);
        }
    }
}
