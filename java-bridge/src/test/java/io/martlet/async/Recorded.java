package io.martlet.async;

import io.martlet.fixture.AwaitKt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Function;

/** A subscriber that requests what a test tells it to, and keeps what it is given. */
final class Recorded<T> {
    private final List<T> elements = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final CompletableFuture<List<T>> end = new CompletableFuture<>();

    private Recorded() {}

    static <T> Recorded<T> of(Flow.Publisher<T> publisher) {
        return of(publisher, element -> element);
    }

    /** Keeps what {@code map} makes of each element, where it is given. */
    static <E, T> Recorded<T> of(Flow.Publisher<E> publisher, Function<? super E, ? extends T> map) {
        Recorded<T> recorded = new Recorded<>();
        publisher.subscribe(recorded.new Recorder<E>(map));
        return recorded;
    }

    void request(long count) {
        subscription.join().request(count);
    }

    void cancel() {
        subscription.join().cancel();
    }

    List<T> all() {
        return List.copyOf(elements);
    }

    /** All elements, once there are no more; or the error. */
    CompletableFuture<List<T>> end() {
        return end;
    }

    /** Waits until there are so many. */
    void await(int count) {
        AwaitKt.eventually(() -> elements + " came, not " + count, () -> elements.size() >= count);
    }

    private final class Recorder<E> implements Flow.Subscriber<E> {
        private final Function<? super E, ? extends T> map;

        Recorder(Function<? super E, ? extends T> map) {
            this.map = map;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
        }

        @Override
        public void onNext(E element) {
            elements.add(map.apply(element));
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            end.complete(all());
        }
    }
}
