package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.error.ClientException.PayloadException;
import io.martlet.error.ClientException.SessionClosedException;
import io.martlet.error.ClientException.TruncatedBodyException;
import io.martlet.fixture.Gate;
import io.martlet.fixture.LeakCheck;
import io.martlet.fixture.LocalServer;
import io.martlet.fixture.RawServer;
import io.martlet.fixture.Reply;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import kotlin.Unit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class AsyncBodyTest {
    private final LocalServer server = new LocalServer().on("/", Reply.text("one\ntwo\nthree"));
    private final AsyncSession session = AsyncSession.create();
    private final Gate rest = new Gate();

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    private AsyncResponse open(String url) {
        return session.open("GET", url).join();
    }

    private AsyncResponse half() {
        server.on("/half", Reply.streaming(sink -> {
            sink.write(bytes("one\n"));
            rest.await();
            return Unit.INSTANCE;
        }));
        return open(server.url("/half"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return assertThrows(CompletionException.class, future::join).getCause();
    }

    @Test
    void aStreamGivesAllBytes() throws IOException {
        byte[] sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);
        server.on("/large", Reply.bytes(sent));

        try (InputStream stream = open(server.url("/large")).inputStream()) {
            assertArrayEquals(sent, stream.readAllBytes());
        }
    }

    @Test
    void aStreamIsReadByteByByteAndSaysWhatIsThere() throws IOException {
        try (InputStream stream = open(server.url("/")).inputStream()) {
            assertEquals('o', stream.read());
            assertEquals(12, stream.available());
            assertEquals(0, stream.read(new byte[0], 0, 0));
            assertEquals("ne\ntwo\nthree", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            assertEquals(-1, stream.read());
            assertEquals(-1, stream.read(new byte[1], 0, 1));
        }
    }

    @Test
    void aBodyWithoutBytesIsAnEmptyStream() throws IOException {
        server.on("/empty", Reply.empty());
        try (InputStream stream = open(server.url("/empty")).inputStream()) {
            assertEquals(-1, stream.read());
        }
    }

    @Test
    void aStreamIsReadInLinesOnTheThreadThatOpenedIt() throws IOException {
        try (AsyncResponse response = open(server.url("/"));
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(response.inputStream(), StandardCharsets.UTF_8))) {
            assertEquals(List.of("one", "two", "three"), reader.lines().toList());
        }
    }

    @Test
    void closingTheStreamGivesTheConnectionUp() throws IOException {
        InputStream stream = half().inputStream();
        assertEquals('o', stream.read());

        stream.close();
        stream.close();

        server.awaitAllEnded();
        assertEquals(0, stream.available());
        assertThrows(IOException.class, stream::read);
        rest.open();
    }

    @Test
    void aStreamThrowsWhatTheBodyFailsWith() throws IOException {
        RawServer cut = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");

        try (InputStream stream = open(cut.url("/")).inputStream()) {
            assertArrayEquals(bytes("half"), stream.readNBytes(4));
            assertThrows(TruncatedBodyException.class, stream::read);
        }
    }

    @Test
    void aStreamOfAClosedSessionThrowsThat() throws IOException {
        try (InputStream stream = half().inputStream()) {
            assertArrayEquals(bytes("one\n"), stream.readNBytes(4));

            session.close();

            assertThrows(SessionClosedException.class, stream::read);
        }
        rest.open();
    }

    @Test
    void interruptingTheReaderGivesTheRequestUp() throws Exception {
        InputStream stream = half().inputStream();
        stream.readNBytes(4);
        CompletableFuture<String> seen = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                stream.read();
            } catch (InterruptedIOException e) {
                seen.complete(e.getMessage() + ", " + Thread.currentThread().isInterrupted());
            } catch (IOException e) {
                seen.completeExceptionally(e);
            }
        });
        reader.start();

        reader.interrupt();

        assertEquals("GET " + server.url("/half") + ": interrupted while its body was read, true", seen.join());
        server.awaitAllEnded();
        reader.join();
        rest.open();
    }

    @Test
    void streamsAreReadByCallbacksOfAnExecutorOfOneThread() {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try (AsyncSession session = AsyncSession.builder().callbackExecutor(one).build()) {
            List<CompletableFuture<Integer>> lengths = IntStream.range(0, 5)
                    .mapToObj(i -> session.open("GET", server.url("/")).thenApplyAsync(AsyncBodyTest::length, one))
                    .toList();

            lengths.forEach(length -> assertEquals(13, length.join()));
        } finally {
            one.shutdown();
        }
    }

    private static int length(AsyncResponse response) {
        try (InputStream stream = response.inputStream()) {
            return stream.readAllBytes().length;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aSubscriberGetsTheLinesAsItRequestsThem() {
        Recorded<String> lines = Recorded.of(open(server.url("/")).lines());

        lines.request(1);
        lines.await(1);
        assertEquals(List.of("one"), lines.all());
        lines.request(10);

        assertEquals(List.of("one", "two", "three"), lines.end().join());
    }

    @Test
    void buffersAreTheBytesAsTheyArrive() {
        Recorded<String> buffers = Recorded.of(
                open(server.url("/")).publisher(),
                all -> StandardCharsets.UTF_8.decode(all.get(0)).toString());
        buffers.request(Long.MAX_VALUE);

        assertEquals("one\ntwo\nthree", String.join("", buffers.end().join()));
    }

    @Test
    void aBodyWithoutBytesIsAnEmptyPublisher() {
        server.on("/empty", Reply.empty());
        Recorded<String> lines = Recorded.of(open(server.url("/empty")).lines());

        lines.request(1);

        assertEquals(List.of(), lines.end().join());
    }

    @Test
    void subscribersAreCalledOnTheCallbackExecutor() {
        ExecutorService own = Executors.newSingleThreadExecutor(task -> new Thread(task, "own-callbacks"));
        try (AsyncSession session = AsyncSession.builder().callbackExecutor(own).build()) {
            Recorded<String> threads = Recorded.of(
                    session.open("GET", server.url("/")).join().lines(),
                    line -> Thread.currentThread().getName().substring(0, 13));
            threads.request(Long.MAX_VALUE);

            assertEquals(
                    List.of("own-callbacks", "own-callbacks", "own-callbacks"),
                    threads.end().join());
        } finally {
            own.shutdown();
        }
    }

    @Test
    void cancellingTheSubscriptionGivesTheConnectionUp() {
        Recorded<String> lines = Recorded.of(half().lines());
        lines.request(10);
        lines.await(1);

        lines.cancel();

        server.awaitAllEnded();
        assertEquals(List.of("one"), lines.all());
        rest.open();
    }

    @Test
    void cancellingASubscriptionThatRequestedNothingGivesTheConnectionUp() {
        Recorded<String> lines = Recorded.of(half().lines());

        lines.cancel();

        server.awaitAllEnded();
        rest.open();
    }

    @Test
    void cancellingAtTheFirstSignalGivesTheConnectionUp() {
        half().lines().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
                subscription.cancel();
            }

            @Override
            public void onNext(String line) {}

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onComplete() {}
        });

        server.awaitAllEnded();
        rest.open();
    }

    @Test
    void aSubscriberIsToldWhatTheBodyFailsWith() {
        RawServer cut = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
        Recorded<String> lines = Recorded.of(open(cut.url("/")).lines());
        lines.request(1);

        assertInstanceOf(TruncatedBodyException.class, failure(lines.end()));
    }

    @Test
    void aSubscriberOfAClosedSessionIsToldThat() {
        Recorded<String> during = Recorded.of(half().lines());
        during.request(10);
        during.await(1);
        Flow.Publisher<String> later = open(server.url("/")).lines();

        session.close();

        assertInstanceOf(SessionClosedException.class, failure(during.end()));
        assertInstanceOf(
                SessionClosedException.class, failure(Recorded.of(later).end()));
        rest.open();
    }

    @Test
    void whatASubscriberThrowsIsToldToItAndGivesTheConnectionUp() {
        Recorded<String> lines = Recorded.of(half().lines(), line -> {
            throw new IllegalStateException("by a test");
        });
        lines.request(1);

        assertEquals("by a test", failure(lines.end()).getMessage());
        server.awaitAllEnded();
        rest.open();
    }

    @Test
    void requestingNothingIsAnError() {
        Recorded<String> lines = Recorded.of(half().lines());
        lines.request(0);

        Throwable error = failure(lines.end());

        assertInstanceOf(IllegalArgumentException.class, error);
        assertEquals("0 elements were requested; at least one must be (§3.9)", error.getMessage());
        server.awaitAllEnded();
        rest.open();
    }

    @Test
    void aSecondSubscriberGetsAnError() {
        try (AsyncResponse response = half()) {
            Recorded<String> first = Recorded.of(response.body().lines());
            first.request(10);
            first.await(1);
            Recorded<String> second = Recorded.of(response.body().lines());
            second.request(1);

            assertInstanceOf(IllegalStateException.class, failure(second.end()));
            first.cancel();
        }
        rest.open();
    }

    @Test
    void whatOneReaderLeavesTheNextOneGets() {
        try (AsyncResponse response = open(server.url("/"))) {
            AsyncBody body = response.body();
            Recorded<String> lines = Recorded.of(body.lines());
            lines.request(1);
            lines.await(1);
            lines.cancel();

            assertArrayEquals(bytes("tw"), body.readExactly(2).join());
            assertEquals("o\nthree", new String(body.readBytes(0).join(), StandardCharsets.UTF_8));
            assertInstanceOf(PayloadException.class, failure(body.readExactly(1)));
        }
    }

    @Test
    void argumentsThatMakeNoSenseAreRefusedAtOnce() {
        try (AsyncResponse response = open(server.url("/"))) {
            AsyncBody body = response.body();
            assertThrows(IllegalArgumentException.class, () -> body.readExactly(-1));
            assertThrows(IllegalArgumentException.class, () -> body.chunks(0));
            assertThrows(IllegalArgumentException.class, () -> body.lines(0, StandardCharsets.UTF_8));
            assertThrows(IllegalArgumentException.class, () -> body.events(0));
            assertThrows(NullPointerException.class, () -> body.lines().subscribe(null));
        }
    }

    @Test
    void aBodyIsWrittenToAChannelAndTellsHowFarItHasCome() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        List<Long> told = new CopyOnWriteArrayList<>();
        try (AsyncResponse response = open(server.url("/"))) {
            assertEquals(13, response.body().totalBytes());
            assertEquals(-1, response.body().encodedLength());
            assertEquals(
                    13,
                    response.body()
                            .transferTo(
                                    Channels.newChannel(output), (count, total) -> told.addAll(List.of(count, total)))
                            .join());
        }

        assertEquals("one\ntwo\nthree", output.toString(StandardCharsets.UTF_8));
        assertEquals(List.of(13L, 13L), told.subList(told.size() - 2, told.size()));
    }

    @Test
    void aResponseBecomesAValueItsTextOrWhatItsJsonSays() {
        server.on("/json", Reply.json("[1, 2]"));

        assertEquals(200, open(server.url("/")).readAll().join().status());
        assertTrue(open(server.url("/")).isOk());
        assertEquals("one\ntwo\nthree", open(server.url("/")).text().join());
        assertEquals(List.of(1, 2), open(server.url("/json")).json(List.class).join());
        assertArrayEquals(new int[] {1, 2}, (int[]) open(server.url("/json"))
                .json((java.lang.reflect.Type) int[].class)
                .join());
    }

    @Test
    void aStreamIsNotReadOnAThreadThatItWaitsFor() {
        Gate gate = server.holding("/held", Reply.text("late"));
        try (AsyncSession direct =
                AsyncSession.builder().callbackExecutor(Runnable::run).build()) {
            CompletableFuture<Integer> read =
                    direct.open("GET", server.url("/held")).thenApply(AsyncBodyTest::firstByte);
            server.awaitInFlight(1);

            gate.open();

            assertInstanceOf(IllegalStateException.class, failure(read));
        }
    }

    private static int firstByte(AsyncResponse response) {
        try (response) {
            return response.inputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
