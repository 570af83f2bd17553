package io.martlet.auth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens that expire. The first request asks for a token; a request that is answered with 401 asks for another
 * and is sent once more, if its body can be sent again.
 *
 * <p>However many requests wait for a token, it is asked for once. If that fails, all of them fail with
 * {@link io.martlet.error.ClientException.AuthenticationException}, and the next request asks again. Whoever waits is
 * bound by its own {@code timeout.total} and can be cancelled; the asking goes on for the others, and for the next.
 *
 * <p>Usable by any number of threads and sessions at once.
 */
public final class BearerTokens implements Authentication {
    private final Supplier<? extends CompletionStage<String>> refresh;

    private final Object lock = new Object();
    /** Guarded by {@link #lock}, as is the next. */
    private @Nullable String current;

    private @Nullable CompletableFuture<String> awaited;

    private BearerTokens(@Nullable String first, Supplier<? extends CompletionStage<String>> refresh) {
        this.current = first == null ? null : new Bearer(first).token();
        this.refresh = refresh;
    }

    /**
     * {@return tokens that {@code refresh} gets}
     *
     * @param refresh asks for a new token; called by one thread at a time, on a thread that may block, and never for
     *     two tokens at once. Its own requests should go through another session, or set another {@code auth}
     */
    public static BearerTokens refreshedBy(Supplier<? extends CompletionStage<String>> refresh) {
        return new BearerTokens(null, refresh);
    }

    /**
     * {@return tokens that {@code refresh} gets once the first is refused}
     *
     * @param first the token to begin with
     * @param refresh asks for a new token, as in {@link #refreshedBy}
     * @throws IllegalArgumentException if {@code first} is no token68 (RFC 6750 §2.1)
     */
    public static BearerTokens startingWith(String first, Supplier<? extends CompletionStage<String>> refresh) {
        return new BearerTokens(first, refresh);
    }

    /** {@return the token to send; null if one has to be asked for first} */
    public @Nullable String current() {
        synchronized (lock) {
            return current;
        }
    }

    /**
     * Says that a token was refused, so that it is not sent again.
     *
     * @param token the token that was sent; if another has taken its place by now, nothing changes
     */
    public void reject(String token) {
        synchronized (lock) {
            if (token.equals(current)) {
                current = null;
            }
        }
    }

    /**
     * The token to send, asked for if there is none. Calls {@code refresh} in this thread, unless that is under way.
     *
     * @return a future of the caller's own, which fails as {@code refresh} does, or with an
     *     {@link IllegalArgumentException} if what it gets is no token68
     */
    public CompletableFuture<String> next() {
        CompletableFuture<String> mine;
        synchronized (lock) {
            if (current != null) {
                return CompletableFuture.completedFuture(current);
            }
            if (awaited != null) {
                return awaited.copy();
            }
            mine = new CompletableFuture<>();
            awaited = mine;
        }
        CompletableFuture<String> copy = mine.copy();
        ask().whenComplete((token, failure) -> end(mine, token, failure));
        return copy;
    }

    private CompletionStage<String> ask() {
        try {
            return refresh.get().thenApply(token -> new Bearer(token).token());
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void end(CompletableFuture<String> mine, @Nullable String token, @Nullable Throwable failure) {
        synchronized (lock) {
            current = token;
            awaited = null;
        }
        if (failure == null) {
            mine.complete(token);
        } else {
            mine.completeExceptionally(failure);
        }
    }

    /** Only that there are tokens. */
    @Override
    public String toString() {
        return "BearerTokens(hidden)";
    }
}
