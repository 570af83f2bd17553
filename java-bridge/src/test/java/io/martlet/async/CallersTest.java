package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.error.ClientException.ProtocolException;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.RawServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures come about on other threads; what is printed of them leads to a line of the program all the same. */
@ExtendWith(LeakCheck.class)
class CallersTest {
    private final RawServer server = RawServer.answering("no HTTP\r\n\r\n");

    @AfterEach
    void close() {
        server.close();
    }

    /** All kinds of calls, each of which fails on another thread. */
    static Stream<Arguments> calls() {
        return Stream.<Function<Site, CompletableFuture<?>>>of(
                        site -> site.session.get(site.url),
                        site -> site.session.get(site.url).thenApply(response -> response.status()),
                        site -> site.session.open("GET", site.url),
                        site -> site.session.gather(List.of(site.url), 1, url -> site.session.get(url)))
                .map(Arguments::of);
    }

    record Site(AsyncSession session, String url) {}

    private AsyncSession showing() {
        return AsyncSession.builder().showCallers(true).build();
    }

    private CompletableFuture<?> made(AsyncSession session, Function<Site, CompletableFuture<?>> call) {
        return call.apply(new Site(session, server.url("/")));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aFailureShowsTheLineThatCalledWhereverItIsSeen(Function<Site, CompletableFuture<?>> call) {
        try (AsyncSession session = showing()) {
            CompletableFuture<?> failed = made(session, call);

            String seen = failed.handle((result, error) -> printed(Errors.unwrap(error)))
                    .join();

            assertShows("made", seen);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whatGetAndJoinThrowShowsTheLineThatWaits(Function<Site, CompletableFuture<?>> call) {
        try (AsyncSession session = AsyncSession.create()) {
            CompletableFuture<?> failed = made(session, call);

            assertShows("joining", printed(assertThrows(CompletionException.class, () -> joining(failed))));
            assertShows("getting", printed(assertThrows(ExecutionException.class, () -> getting(failed))));
            assertShows("getting", printed(assertThrows(CompletionException.class, () -> gettingNow(failed))));
        }
    }

    @Test
    void theLineThatWaitsIsShownOnceHoweverOftenItWaits() {
        try (AsyncSession session = AsyncSession.create()) {
            CompletableFuture<?> failed =
                    made(session, site -> site.session.get(site.url).thenApply(response -> response.status()));

            CompletionException first = assertThrows(CompletionException.class, () -> joining(failed));
            for (int i = 0; i < 100; i++) {
                assertThrows(CompletionException.class, () -> joining(failed));
            }

            assertTrue(first.getStackTrace().length <= 1024, () -> first.getStackTrace().length + " frames");
        }
    }

    @Test
    void byDefaultACallKeepsNoFrames() {
        try (AsyncSession session = AsyncSession.create()) {
            Throwable error = made(session, site -> site.session.get(site.url))
                    .handle((result, failure) -> failure)
                    .join();

            assertInstanceOf(ProtocolException.class, error);
            assertEquals(-1, printed(error).indexOf(".made("), () -> printed(error));
        }
    }

    private static Object joining(CompletableFuture<?> future) {
        return future.join();
    }

    private static Object getting(CompletableFuture<?> future) throws Exception {
        return future.get();
    }

    private static Object gettingNow(CompletableFuture<?> future) {
        return future.getNow(null);
    }

    private static void assertShows(String method, String printed) {
        assertTrue(printed.contains("at " + CallersTest.class.getName() + "." + method), printed);
    }

    private static String printed(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
