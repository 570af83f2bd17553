package io.martlet.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class BearerTokensTest {
    private final List<CompletableFuture<String>> asked = new ArrayList<>();
    private final BearerTokens tokens = BearerTokens.refreshedBy(this::ask);

    private CompletableFuture<String> ask() {
        asked.add(new CompletableFuture<>());
        return asked.get(asked.size() - 1);
    }

    @Test
    void allWhoWaitGetTheTokenOfOneRefresh() {
        CompletableFuture<String> first = tokens.next();
        CompletableFuture<String> second = tokens.next();

        asked.get(0).complete("t1");

        assertEquals(List.of("t1", "t1", "t1"), List.of(first.join(), second.join(), tokens.current()));
        assertEquals(1, asked.size());
    }

    @Test
    void theFirstTokenIsUsedUntilItIsRejected() {
        BearerTokens started = BearerTokens.startingWith("t0", this::ask);

        assertEquals("t0", started.next().join());
        started.reject("t0");

        assertNull(started.current());
        assertFalse(started.next().isDone());
    }

    @Test
    void rejectingATokenThatIsNoLongerCurrentChangesNothing() {
        tokens.next();
        asked.get(0).complete("t1");

        tokens.reject("t0");

        assertEquals("t1", tokens.current());
    }

    @Test
    void aFailureIsToldToAllWhoWaitAndTheNextAsksAgain() {
        CompletableFuture<String> first = tokens.next();
        CompletableFuture<String> second = tokens.next();
        IllegalStateException failure = new IllegalStateException("no");

        asked.get(0).completeExceptionally(failure);
        CompletableFuture<String> third = tokens.next();
        asked.get(1).complete("t1");

        assertSame(failure, assertThrows(CompletionException.class, first::join).getCause());
        assertSame(
                failure, assertThrows(CompletionException.class, second::join).getCause());
        assertEquals("t1", third.join());
    }

    @Test
    void aWaiterThatIsCancelledTakesNothingFromTheOthers() {
        CompletableFuture<String> first = tokens.next();
        CompletableFuture<String> second = tokens.next();

        first.cancel(true);
        asked.get(0).complete("t1");

        assertEquals("t1", second.join());
    }

    @Test
    void aTokenThatCannotBeSentIsAFailure() {
        CompletableFuture<String> token = tokens.next();

        asked.get(0).complete("to\r\nken");

        Throwable thrown = assertThrows(CompletionException.class, token::join).getCause();
        assertInstanceOf(IllegalArgumentException.class, thrown);
        assertNull(tokens.current());
    }

    @Test
    void aRefreshThatThrowsIsAFailure() {
        BearerTokens broken = BearerTokens.refreshedBy(() -> {
            throw new IllegalStateException("no");
        });

        assertEquals(
                "java.lang.IllegalStateException: no",
                assertThrows(CompletionException.class, broken.next()::join).getMessage());
    }
}
