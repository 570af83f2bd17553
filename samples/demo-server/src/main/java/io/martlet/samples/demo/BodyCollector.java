package io.martlet.samples.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gathers the body of a request in memory, up to a limit. */
final class BodyCollector {
    static final int MAX_BODY_BYTES = 64 << 20;

    private final Buffer body = Buffer.buffer();
    private final Runnable whenTooLarge;
    private boolean isTooLarge;

    private BodyCollector(Runnable whenTooLarge) {
        this.whenTooLarge = whenTooLarge;
    }

    /** Exactly one of the two is called, unless the client leaves before its body is complete. */
    static void collect(HttpServerRequest request, Consumer<Buffer> whenComplete, Runnable whenTooLarge) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (isAboveLimit(length)) {
            whenTooLarge.run();
            return;
        }
        BodyCollector collector = new BodyCollector(whenTooLarge);
        request.handler(collector::add);
        request.endHandler(end -> collector.finish(whenComplete));
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
    }

    private static boolean isAboveLimit(@Nullable String length) {
        // The codec has refused whatever is not a number.
        return length != null && Long.parseLong(length) > MAX_BODY_BYTES;
    }

    private void add(Buffer part) {
        if (isTooLarge) {
            return;
        }
        if (body.length() + part.length() > MAX_BODY_BYTES) {
            isTooLarge = true;
            whenTooLarge.run();
            return;
        }
        body.appendBuffer(part);
    }

    private void finish(Consumer<Buffer> whenComplete) {
        if (!isTooLarge) {
            whenComplete.accept(body);
        }
    }
}
