package io.martlet.samples.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Bodies of a given size, pace or form of transfer. */
final class Bodies {
    static final int MAX_BYTES = 100 << 20;
    private static final String BINARY = "application/octet-stream";
    private static final int CHUNK_BYTES = 65_536;
    private static final int STREAM_CHUNK_BYTES = 10_240;
    private static final int MAX_LINES = 100;
    private static final int MAX_DRIP_BYTES = 10 << 20;
    private static final double MAX_SECONDS = 3_600;

    private Bodies() {}

    static void bytes(Exchange exchange) {
        int length = exchange.path().number("n", 0, MAX_BYTES);
        exchange.with("Content-Type", BINARY).stream(length, randomChunks(exchange, length, CHUNK_BYTES));
    }

    static void streamBytes(Exchange exchange) {
        int length = exchange.path().number("n", 0, MAX_BYTES);
        int chunkBytes = exchange.query().number("chunk_size", 1, MAX_BYTES, STREAM_CHUNK_BYTES);
        exchange.with("Content-Type", BINARY).streamChunked(randomChunks(exchange, length, chunkBytes));
    }

    private static ChunkSource randomChunks(Exchange exchange, int length, int chunkBytes) {
        Parameters query = exchange.query();
        long seed = query.has("seed")
                ? query.number("seed")
                : ThreadLocalRandom.current().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        return ChunkSource.pieces(0, length, chunkBytes, (piece, position) -> random.nextBytes(piece));
    }

    static void streamLines(Exchange exchange) {
        int count = exchange.path().number("n", 0, MAX_LINES);
        JsonObject line = Echo.target(exchange);
        Iterator<Buffer> lines = IntStream.range(0, count)
                .mapToObj(id -> Json.encode(line.put("id", id)))
                .iterator();
        exchange.with("Content-Type", "application/json").streamChunked(() -> lines.hasNext() ? lines.next() : null);
    }

    /** Sends bytes at even intervals; where these would be shorter than a timer can be, several at a time. */
    static void drip(Exchange exchange) {
        Parameters query = exchange.query();
        int length = query.number("numbytes", 1, MAX_DRIP_BYTES, 10);
        long millis = query.millis("duration", MAX_SECONDS, 2_000);
        long delay = query.millis("delay", MAX_SECONDS, 0);
        int status = query.number("code", 200, 999, 200);
        int pieceBytes = millis == 0 ? CHUNK_BYTES : (int) ((length + millis - 1) / millis);
        ChunkSource stars =
                ChunkSource.pieces(0, length, pieceBytes, (piece, position) -> Arrays.fill(piece, (byte) '*'));
        exchange.status(status).with("Content-Type", BINARY);
        exchange.after(delay, () -> exchange.stream(length, millis * pieceBytes / length, stars));
    }
}
