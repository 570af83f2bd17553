package io.martlet.body;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.body.MultipartDecoder.Event;
import io.martlet.config.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Plays multipart bodies to a decoder and writes down what it says of them. */
final class PartsPlayback {
    private final StringBuilder script = new StringBuilder();
    private final MultipartDecoder decoder;

    private PartsPlayback(String boundary, Limits limits) {
        decoder = new MultipartDecoder(boundary, limits);
    }

    /**
     * What is said of {@code body}, a character a byte: {@code <fields|content>} for each part, {@code .} for the end, or
     * the fault. It must be the same whether the body comes in one piece, in any two, or byte by byte.
     */
    static String play(String boundary, String body, Limits limits) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        String whole = play(boundary, limits, List.of(bytes));
        for (int i = 0; i <= bytes.length; i++) {
            List<byte[]> two = List.of(Arrays.copyOf(bytes, i), Arrays.copyOfRange(bytes, i, bytes.length));
            assertEquals(whole, play(boundary, limits, two), "in two pieces, cut at " + i);
        }
        List<byte[]> single = IntStream.range(0, bytes.length)
                .mapToObj(i -> new byte[] {bytes[i]})
                .toList();
        assertEquals(whole, play(boundary, limits, single), "byte by byte");
        return whole;
    }

    static String play(String boundary, String body) {
        return play(boundary, body, Limits.DEFAULT);
    }

    private static String play(String boundary, Limits limits, List<byte[]> pieces) {
        PartsPlayback playback = new PartsPlayback(boundary, limits);
        try {
            playback.play(pieces);
        } catch (MultipartFault fault) {
            playback.script.append(fault.getMessage());
        }
        return playback.script.toString();
    }

    private void play(List<byte[]> pieces) {
        for (byte[] piece : pieces) {
            // Another array, which is spoiled afterwards: nothing may be kept of a piece.
            byte[] own = piece.clone();
            if (hasEnded(ByteBuffer.wrap(own))) {
                return;
            }
            Arrays.fill(own, (byte) '#');
        }
        throw decoder.endOfInput();
    }

    private boolean hasEnded(ByteBuffer piece) {
        while (true) {
            Event event = decoder.next(piece);
            switch (event) {
                case PART -> script.append('<').append(fields()).append('|');
                case CONTENT -> script.append(StandardCharsets.ISO_8859_1.decode(decoder.content()));
                case PART_END -> script.append('>');
                case END -> script.append('.');
                case MORE -> assertEquals(0, piece.remaining());
            }
            if (event == Event.MORE || event == Event.END) {
                return event == Event.END;
            }
        }
    }

    private String fields() {
        String fields = decoder.headers().toString();
        return fields.substring(1, fields.length() - 1);
    }
}
