package io.martlet.docs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;

/** A body that comes in one piece, from a publisher. */
final class Pieces {
    private Pieces() {}

    static Flow.Publisher<ByteBuffer> of(String text) {
        return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            private boolean isDone;

            @Override
            public void request(long count) {
                if (!isDone) {
                    isDone = true;
                    subscriber.onNext(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                    subscriber.onComplete();
                }
            }

            @Override
            public void cancel() {
                isDone = true;
            }
        });
    }
}
