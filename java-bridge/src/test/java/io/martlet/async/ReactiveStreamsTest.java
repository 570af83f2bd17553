package io.martlet.async;

import io.martlet.Outcome;
import io.martlet.body.RequestBody;
import io.martlet.http.MediaType;
import io.martlet.testing.Answer;
import io.martlet.testing.RecordedRequest;
import io.martlet.testing.ScriptedEngine;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;

/**
 * The rules of reactive streams, as their own suite tests them. It is written for TestNG, and run as tests of JUnit; those
 * that it skips are for optional rules, or for more elements than we publish.
 */
class ReactiveStreamsTest {
    /**
     * In ms: how long the suite waits for what must come, for what must not, and for an error, which it looks for once; how
     * long it lets a publisher forget a subscriber before the garbage is collected.
     */
    private static final long LONG = 10_000;

    private static final long SILENCE = 50;
    private static final long ERROR = 1_000;
    private static final long FORGOTTEN = 1_000;

    /** Elements that a publisher may have; tests that want more are skipped. */
    private static final long MOST = 10_000;

    private final ExecutorService callbacks = Executors.newCachedThreadPool();
    private final AsyncSession session = newSession();

    private AsyncSession newSession() {
        return AsyncSession.builder()
                .engine(connector -> new ScriptedEngine(ReactiveStreamsTest::answer))
                .callbackExecutor(callbacks)
                .build();
    }

    /** So many lines of one byte as the path says, in pieces of their own. */
    private static Answer answer(RecordedRequest asked) {
        int lines = Integer.parseInt(asked.request().url().path().substring(1));
        return Answer.streaming(
                Stream.generate(() -> new byte[] {'x', '\n'}).limit(lines).toArray(byte[][]::new));
    }

    private static AsyncResponse open(AsyncSession session, long lines) {
        return session.open("GET", "http://tck.test/" + lines).join();
    }

    @AfterEach
    void close() {
        session.close();
        callbacks.shutdown();
    }

    @TestFactory
    Stream<DynamicTest> aPublisherOfLinesKeepsTheRules() {
        // Those of several subscribers at once are skipped when they have waited in vain for the second one.
        return tests(name -> new Publishing<>(
                this,
                name.startsWith("optional_spec111_") ? SILENCE : LONG,
                (from, count) -> open(from, count).lines()));
    }

    @TestFactory
    Stream<DynamicTest> aPublisherOfOutcomesKeepsTheRules() {
        return tests(name -> new Publishing<>(this, LONG, ReactiveStreamsTest::outcomes));
    }

    @TestFactory
    Stream<DynamicTest> theSubscriberOfAPublisherThatIsSentKeepsTheRules() {
        return tests(name -> new Sending(session));
    }

    private static Flow.Publisher<Outcome<Long>> outcomes(AsyncSession session, long count) {
        return session.asCompleted(LongStream.range(0, count).boxed().toList(), 3, CompletableFuture::completedFuture);
    }

    /** @param verification what has a test of that name, made anew for each */
    private static Stream<DynamicTest> tests(Function<String, ?> verification) {
        return Arrays.stream(verification.apply("").getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(org.testng.annotations.Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(
                        method.getName(), () -> run(verification.apply(method.getName()), method)));
    }

    private static void run(Object verification, Method test) throws Throwable {
        callAll(verification, BeforeClass.class);
        try {
            callAll(verification, BeforeMethod.class);
            test.invoke(verification);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SkipException skipped) {
                throw new TestAbortedException(skipped.getMessage());
            }
            throw e.getCause();
        } finally {
            callAll(verification, AfterClass.class);
        }
    }

    private static void callAll(Object verification, Class<? extends Annotation> when)
            throws ReflectiveOperationException {
        for (Method method : verification.getClass().getMethods()) {
            if (method.isAnnotationPresent(when)) {
                method.invoke(verification);
            }
        }
    }

    /** Public, as is the other, because the suite's tests are called by reflection. */
    public static final class Publishing<T> extends FlowPublisherVerification<T> {
        private final ReactiveStreamsTest test;
        private final BiFunction<AsyncSession, Long, Flow.Publisher<T>> publisher;

        Publishing(
                ReactiveStreamsTest test, long patience, BiFunction<AsyncSession, Long, Flow.Publisher<T>> publisher) {
            super(new TestEnvironment(patience, SILENCE, ERROR), FORGOTTEN);
            this.test = test;
            this.publisher = publisher;
        }

        @Override
        public Flow.Publisher<T> createFlowPublisher(long elements) {
            return publisher.apply(test.session, elements);
        }

        @Override
        public Flow.Publisher<T> createFailedFlowPublisher() {
            AsyncSession closing = test.newSession();
            Flow.Publisher<T> failing = publisher.apply(closing, 1L);
            closing.close();
            return failing;
        }

        @Override
        public long maxElementsFromPublisher() {
            return MOST;
        }
    }

    /** Subscribes by sending a request; what asks for more is whoever sends it. */
    public static final class Sending extends FlowSubscriberBlackboxVerification<ByteBuffer> {
        private final AsyncSession session;

        Sending(AsyncSession session) {
            super(new TestEnvironment(LONG, SILENCE, ERROR));
            this.session = session;
        }

        @Override
        public Flow.Subscriber<ByteBuffer> createFlowSubscriber() {
            CompletableFuture<Flow.Subscriber<? super ByteBuffer>> subscriber = new CompletableFuture<>();
            RequestBody body = RequestBody.publisher(subscriber::complete, MediaType.OCTET_STREAM);
            session.post("http://tck.test/0", request -> request.body(body));
            return new Narrowed(subscriber.join());
        }

        @Override
        public ByteBuffer createElement(int element) {
            return ByteBuffer.wrap(new byte[] {(byte) element});
        }
    }

    /** A subscriber of anything is one of buffers. */
    private record Narrowed(Flow.Subscriber<? super ByteBuffer> subscriber) implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer buffer) {
            subscriber.onNext(buffer);
        }

        @Override
        public void onError(Throwable error) {
            subscriber.onError(error);
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
        }
    }
}
