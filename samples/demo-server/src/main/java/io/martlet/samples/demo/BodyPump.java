package io.martlet.samples.demo;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Writes a body chunk by chunk and never faster than the client reads, so that no more than a few lie in memory. */
final class BodyPump {
    private static final int CHUNKS_AT_A_TIME = 16;

    private final Vertx vertx;
    private final Exchange exchange;
    private final HttpServerResponse response;
    private final ChunkSource chunks;
    private final long pauseMillis;
    private boolean awaitsDrain;

    BodyPump(Vertx vertx, Exchange exchange, HttpServerResponse response, ChunkSource chunks, long pauseMillis) {
        this.vertx = vertx;
        this.exchange = exchange;
        this.response = response;
        this.chunks = chunks;
        this.pauseMillis = pauseMillis;
        response.drainHandler(drained -> resume());
    }

    void run() {
        for (int i = 0; i < CHUNKS_AT_A_TIME; i++) {
            if (exchange.isOver()) {
                return;
            }
            Buffer chunk = chunks.next();
            if (chunk == null) {
                exchange.endStream();
                return;
            }
            response.write(chunk);
            if (response.writeQueueFull()) {
                awaitsDrain = true;
                return;
            }
            if (pauseMillis > 0) {
                vertx.setTimer(pauseMillis, timer -> run());
                return;
            }
        }
        // A client that reads as fast as this writes must not keep the event loop from all others.
        vertx.runOnContext(turn -> run());
    }

    private void resume() {
        if (awaitsDrain) {
            awaitsDrain = false;
            exchange.after(pauseMillis, this::run);
        }
    }
}
