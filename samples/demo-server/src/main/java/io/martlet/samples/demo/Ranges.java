package io.martlet.samples.demo;

import org.jspecify.annotations.Nullable;

/** A body of letters, in whole or in part (RFC 9110 §14). */
final class Ranges {
    private static final int CHUNK_BYTES = 10_240;
    private static final double MAX_SECONDS = 3_600;
    private static final Span UNSATISFIABLE = new Span(0, -1);

    private Ranges() {}

    static void range(Exchange exchange) {
        long wanted = exchange.path().number("n");
        exchange.with("ETag", "range" + wanted).with("Accept-Ranges", "bytes");
        if (wanted < 1 || wanted > Bodies.MAX_BYTES) {
            exchange.status(404)
                    .text("text/plain", "number of bytes must be in the range (0, " + Bodies.MAX_BYTES + "]");
            return;
        }
        int length = (int) wanted;
        Span span = spanOf(exchange, length);
        if (span == UNSATISFIABLE) {
            exchange.status(416).with("Content-Range", "bytes */" + length).empty();
            return;
        }
        exchange.status(span.length() == length ? 200 : 206)
                .with("Content-Type", "application/octet-stream")
                .with("Content-Range", "bytes " + span.first + "-" + span.last + "/" + length);
        send(exchange, span, length);
    }

    private static void send(Exchange exchange, Span span, int length) {
        int chunkBytes = exchange.query().number("chunk_size", 1, Bodies.MAX_BYTES, CHUNK_BYTES);
        long millis = exchange.query().millis("duration", MAX_SECONDS, 0);
        ChunkSource letters = ChunkSource.pieces(span.first, span.last + 1, chunkBytes, Ranges::fillWithLetters);
        exchange.stream(span.length(), millis * Math.min(chunkBytes, length) / length, letters);
    }

    private static void fillWithLetters(byte[] piece, int position) {
        for (int i = 0; i < piece.length; i++) {
            piece[i] = (byte) ('a' + (position + i) % 26);
        }
    }

    private static Span spanOf(Exchange exchange, int length) {
        String range = exchange.header("Range");
        String condition = exchange.header("If-Range");
        boolean isForOther = condition != null && !Caching.bare(condition).equals("range" + length);
        Span whole = new Span(0, length - 1);
        if (range == null || isForOther || !range.startsWith("bytes=")) {
            return whole;
        }
        String[] ends = range.substring("bytes=".length()).split("-", -1);
        if (ends.length != 2 || ends[0].isBlank() && ends[1].isBlank()) {
            return whole;
        }
        Long first = number(ends[0]);
        Long last = number(ends[1]);
        // Whatever is neither a number nor empty, a list of ranges for one, may be ignored (§14.2).
        if (first == null && !ends[0].isBlank() || last == null && !ends[1].isBlank()) {
            return whole;
        }
        return cut(first, last, length);
    }

    private static Span cut(@Nullable Long first, @Nullable Long last, int length) {
        long start = first != null ? first : Math.max(0, length - (last == null ? 0 : last));
        long end = first != null && last != null ? last : length - 1;
        // §14.1.2 would cut a range that ends too late; httpbin refuses it, and so does this.
        return start > end || end >= length ? UNSATISFIABLE : new Span((int) start, (int) end);
    }

    private static @Nullable Long number(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private record Span(int first, int last) {
        int length() {
            return last - first + 1;
        }
    }
}
