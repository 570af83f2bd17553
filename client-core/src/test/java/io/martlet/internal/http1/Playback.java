package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.Limits;
import io.martlet.http.Headers;
import io.martlet.http.Method;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Plays a server's bytes to a decoder, cut into pieces, then closes the connection, and writes down what is said:
 *
 * <pre>
 * interim HTTP/1.1 103 Early Hints [Link: &lt;/a&gt;]
 * head HTTP/1.1 200 OK [Content-Length: 5]
 * body hello
 * end reusable [trailers] left 0                     or: fault MALFORMED: …
 * </pre>
 *
 * <p>All parts of a body are one line, so that the script does not depend on the pieces. Bytes are ISO-8859-1 text.
 *
 * @param method  of the request
 * @param upgrade whether the request asked for one
 * @param closes  whether the connection is closed at the end; otherwise the script ends in {@code waiting}
 */
record Playback(Method method, boolean upgrade, Limits limits, boolean closes) {
    static final Playback GET = new Playback(Method.GET, false, Limits.DEFAULT, true);

    /** More pieces than that are too many for long input. */
    private static final int MOST_SPLITS = 1000;

    Playback method(Method other) {
        return new Playback(other, upgrade, limits, closes);
    }

    Playback withUpgrade() {
        return new Playback(method, true, limits, closes);
    }

    Playback limits(Limits.Builder other) {
        return new Playback(method, upgrade, other.build(), closes);
    }

    Playback open() {
        return new Playback(method, upgrade, limits, false);
    }

    /** Checks the script when the input comes whole, byte by byte, and in every two pieces. */
    void assertScript(String expected, String input) {
        byte[] bytes = bytes(input);
        assertEquals(expected, play(bytes), "whole");
        assertSameForAllPieces(expected, bytes);
    }

    /** Checks that the response is refused in each of these ways, and returns the fault: {@code MALFORMED: …}. */
    String assertFault(String input) {
        byte[] bytes = bytes(input);
        String script = play(bytes);
        assertSameForAllPieces(script, bytes);
        int fault = script.indexOf("fault ");
        assertTrue(fault >= 0, script);
        return script.substring(fault + "fault ".length(), script.length() - 1);
    }

    void assertSameForAllPieces(String expected, byte[] bytes) {
        assertEquals(expected, play(bytes, IntStream.range(1, bytes.length).toArray()), "byte by byte");
        int step = 1 + bytes.length / MOST_SPLITS;
        for (int i = 1; i < bytes.length; i += step) {
            assertEquals(expected, play(bytes, i), "split at " + i);
        }
    }

    /** The script for input that is cut at these places. */
    String play(byte[] input, int... cuts) {
        Script script = new Script(new ResponseDecoder(limits));
        script.decoder.start(method, upgrade);
        int from = 0;
        for (int i = 0; i <= cuts.length && !script.isOver; i++) {
            int to = i < cuts.length ? cuts[i] : input.length;
            script.feed(piece(input, from, to), input.length - to);
            from = to;
        }
        if (!script.isOver) {
            script.endInput(closes);
        }
        return script.text();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The piece amid line ends that do not belong to it, in a buffer that does not start where its array starts. */
    private static ByteBuffer piece(byte[] input, int from, int to) {
        byte[] array = new byte[to - from + 8];
        Arrays.fill(array, (byte) '\n');
        System.arraycopy(input, from, array, 5, to - from);
        return ByteBuffer.wrap(array, 2, to - from + 3).slice().position(3);
    }

    private static final class Script {
        private final ResponseDecoder decoder;
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private boolean isOver;

        Script(ResponseDecoder decoder) {
            this.decoder = decoder;
        }

        void feed(ByteBuffer piece, int later) {
            try {
                while (!isOver) {
                    int before = piece.remaining();
                    ResponseDecoder.Event event = decoder.next(piece);
                    note(event, piece, piece.remaining() + later);
                    if (event == ResponseDecoder.Event.NEED_INPUT) {
                        assertEquals(0, piece.remaining(), "input left with NEED_INPUT");
                        return;
                    }
                    if (isOver) {
                        assertEquals(
                                decoder.framing().keepsConnection() && !piece.hasRemaining(), decoder.isReusable());
                        return;
                    }
                    assertTrue(piece.remaining() < before, () -> "no progress with " + event);
                }
            } catch (Http1Fault fault) {
                note(fault);
            }
        }

        void endInput(boolean closes) {
            if (!closes) {
                noteBody();
                text.append("waiting\n");
                return;
            }
            try {
                note(decoder.endOfInput(), ByteBuffer.allocate(0), 0);
            } catch (Http1Fault fault) {
                note(fault);
            }
        }

        String text() {
            assertEquals(isOver, isRefused(), "calls after the end are refused");
            return text.toString();
        }

        private void note(ResponseDecoder.Event event, ByteBuffer piece, int left) {
            switch (event) {
                case NEED_INPUT -> {}
                case INTERIM -> noteHead("interim ");
                case HEAD -> {
                    noteHead("head ");
                    assertTrue(decoder.trailers().isEmpty(), "trailers before the end");
                }
                case BODY -> {
                    assertTrue(decoder.bodyLength() > 0, "empty piece of a body");
                    for (int i = 0; i < decoder.bodyLength(); i++) {
                        body.write(piece.get(decoder.bodyStart() + i));
                    }
                    assertEquals(body.size(), decoder.received());
                }
                case END -> {
                    noteBody();
                    boolean reusable = decoder.isReusable() && left == 0;
                    text.append(reusable ? "end reusable " : "end ").append(fields(decoder.trailers()));
                    text.append(" left ").append(left).append('\n');
                    isOver = true;
                }
            }
        }

        private void note(Http1Fault fault) {
            noteBody();
            text.append("fault ")
                    .append(fault.kind())
                    .append(": ")
                    .append(fault.getMessage())
                    .append('\n');
            assertTrue(fault.getMessage().length() < 200, fault.getMessage());
            assertTrue(fault.getMessage().chars().allMatch(c -> c >= ' ' && c != 0x7f), fault.getMessage());
            isOver = true;
        }

        private void noteHead(String what) {
            ResponseHead head = decoder.head();
            text.append(what)
                    .append(head.version())
                    .append(' ')
                    .append(head.status())
                    .append(' ')
                    .append(head.reason());
            text.append(' ').append(fields(head.headers())).append('\n');
        }

        private void noteBody() {
            if (body.size() > 0) {
                text.append("body ")
                        .append(body.toString(StandardCharsets.ISO_8859_1))
                        .append('\n');
            }
        }

        private boolean isRefused() {
            if (!isOver) {
                return false;
            }
            assertThrows(IllegalStateException.class, () -> decoder.next(ByteBuffer.allocate(1)));
            assertThrows(IllegalStateException.class, decoder::endOfInput);
            return true;
        }

        private static String fields(Headers headers) {
            StringBuilder text = new StringBuilder("[");
            headers.forEach((name, value) -> text.append(text.length() == 1 ? "" : ", ")
                    .append(name)
                    .append(": ")
                    .append(value));
            return text.append(']').toString();
        }
    }
}
