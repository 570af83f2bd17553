package io.martlet.docs;

import io.martlet.Outcome;
import io.martlet.body.ServerSentEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A subscriber that keeps what it gets, in short: of bytes their number. */
final class Collected implements Flow.Subscriber<Object> {
    private final List<Object> elements = new ArrayList<>();
    private final CompletableFuture<List<Object>> all = new CompletableFuture<>();

    /** What came, once all is there. */
    List<Object> elements() {
        return all.join();
    }

    /** Completes when all is there. */
    CompletionStage<?> done() {
        return all;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Object element) {
        elements.add(shortForm(element));
    }

    @Override
    public void onError(Throwable failure) {
        all.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        all.complete(elements);
    }

    private static Object shortForm(Object element) {
        if (element instanceof byte[] bytes) {
            return bytes.length;
        }
        if (element instanceof List<?> buffers) {
            return buffers.stream()
                    .mapToInt(buffer -> ((ByteBuffer) buffer).remaining())
                    .sum();
        }
        if (element instanceof ServerSentEvent event) {
            return event.data();
        }
        return element instanceof Outcome<?> outcome ? outcome.isSuccess() : element;
    }
}
