package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.Limits;
import io.martlet.http.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Heads that come one after the other on a connection: what was read of one is used for the next. */
class RepeatedHeadTest {
    private static final List<String> STATUS_LINES = List.of(
            "HTTP/1.1 200 OK", "HTTP/1.1 200 Okay", "HTTP/1.1 404 Not Found", "HTTP/1.1 204", "HTTP/1.0 200 OK");

    private final ResponseDecoder decoder = new ResponseDecoder(Limits.DEFAULT);

    private static String text(List<String> lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private static String ok(String... fields) {
        List<String> lines = new ArrayList<>(List.of("HTTP/1.1 200 OK", "Content-Length: 0"));
        lines.addAll(List.of(fields));
        return text(lines);
    }

    /** Reads one response without a body, cut at these places. */
    private static ResponseHead read(ResponseDecoder decoder, String response, int... cuts) throws Http1Fault {
        decoder.start(Method.HEAD, false);
        byte[] bytes = Playback.bytes(response);
        int from = 0;
        for (int cut : cuts) {
            assertEquals(ResponseDecoder.Event.NEED_INPUT, decoder.next(ByteBuffer.wrap(bytes, from, cut - from)));
            from = cut;
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, from, bytes.length - from);
        assertEquals(ResponseDecoder.Event.HEAD, decoder.next(rest));
        assertEquals(ResponseDecoder.Event.END, decoder.next(rest));
        assertEquals(0, rest.remaining());
        return decoder.head();
    }

    @Test
    void aHeadThatComesAgainIsTheSame() throws Http1Fault {
        ResponseHead first = read(decoder, ok("X-Node: seven"));

        assertSame(first, read(decoder, ok("X-Node: seven")));
        assertSame(first, read(decoder, ok("X-Node: seven")));
    }

    @Test
    void linesBesideOneThatChangedAreNotReadAgain() throws Http1Fault {
        ResponseHead first = read(decoder, ok("X-Id: 1", "X-Node: seven"));
        ResponseHead second = read(decoder, ok("X-Id: 22", "X-Node: seven"));

        assertEquals("22", second.headers().get("X-Id"));
        assertSame(first.headers().get("X-Node"), second.headers().get("X-Node"));
        assertNotSame(first, second);
        assertSame(second, read(decoder, ok("X-Id: 22", "X-Node: seven")));
    }

    @Test
    void aLineThatOnlyBeginsAsBeforeIsAnother() throws Http1Fault {
        read(decoder, ok("X-Id: 1"));

        assertEquals("12", read(decoder, ok("X-Id: 12")).headers().get("X-Id"));
        assertEquals("1", read(decoder, ok("X-Id: 1")).headers().get("X-Id"));
    }

    @Test
    void aLineWithoutCrIsRefusedAlsoWhereItWasThereBefore() throws Http1Fault {
        String response = ok("X-Id: 1");
        read(decoder, response);

        assertThrows(Http1Fault.class, () -> read(decoder, response.replace("X-Id: 1\r\n", "X-Id: 1\n")));
    }

    @Test
    void theFramingIsThatOfTheMethod() throws Http1Fault {
        String response = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n";
        read(decoder, response);

        decoder.start(Method.GET, false);
        ByteBuffer again = ByteBuffer.wrap(Playback.bytes(response + "abc"));

        assertEquals(ResponseDecoder.Event.HEAD, decoder.next(again));
        assertEquals(ResponseDecoder.Event.BODY, decoder.next(again));
        assertEquals(3, decoder.bodyLength());
        assertEquals(ResponseDecoder.Event.END, decoder.next(again));
    }

    @Test
    void whatCameBeforeChangesNothing() throws Http1Fault {
        Random random = new Random(20261121);
        for (int connection = 0; connection < 2_000; connection++) {
            ResponseDecoder seasoned = new ResponseDecoder(Limits.DEFAULT);
            List<String> lines = new ArrayList<>(List.of("HTTP/1.1 200 OK", "Server: x", "X-A: 1", "X-B: 2"));
            for (int response = 0; response < 8; response++) {
                change(lines, random);
                String text = text(lines);
                int cut = random.nextInt(text.length());
                int[] cuts = cut == 0 ? new int[0] : new int[] {cut};

                ResponseHead expected = read(new ResponseDecoder(Limits.DEFAULT), text, cuts);

                assertEquals(expected, read(seasoned, text, cuts), text);
            }
        }
    }

    @Test
    void whatIsRefusedIsRefusedAlikeWhateverCameBefore() throws Http1Fault {
        Random random = new Random(20261122);
        Limits limits =
                Limits.DEFAULT.toBuilder().maxHeaders(4).maxHeaderLine(9).build();
        int refused = 0;
        for (int connection = 0; connection < 20_000; connection++) {
            String response = text(List.of("HTTP/1.1 200 OK", "X-A: 1", "X-B: 22", "X-C: 3"));
            ResponseDecoder seasoned = new ResponseDecoder(limits);
            read(seasoned, response);
            String spoiled = spoil(response, random);

            String expected = outcome(new ResponseDecoder(limits), spoiled);

            assertEquals(expected, outcome(seasoned, spoiled), spoiled);
            refused += expected.startsWith("refused") ? 1 : 0;
        }
        assertTrue(refused > 1_000, refused + " refused");
    }

    /** Puts something in the place of some bytes. */
    private static String spoil(String response, Random random) {
        String[] pieces = {"", "\r", "\n", "\r\n", "\0", " ", "\t", ":", "x", "X-D: 4\r\n", "\r\n fold", "HTTP/1.1 "};
        int at = random.nextInt(response.length());
        int end = Math.min(response.length(), at + random.nextInt(3));
        return response.substring(0, at) + pieces[random.nextInt(pieces.length)] + response.substring(end);
    }

    private static String outcome(ResponseDecoder decoder, String response) {
        decoder.start(Method.HEAD, false);
        ByteBuffer in = ByteBuffer.wrap(Playback.bytes(response));
        try {
            ResponseDecoder.Event event = decoder.next(in);
            return event + (event == ResponseDecoder.Event.HEAD ? " " + decoder.head() : "") + ", " + in.remaining();
        } catch (Http1Fault e) {
            return "refused: " + e.getMessage();
        }
    }

    /** Changes none of the lines, or some; now and then there are more, or longer ones, than are remembered. */
    private static void change(List<String> lines, Random random) {
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            int line = 1 + random.nextInt(lines.size() - 1);
            switch (random.nextInt(8)) {
                case 0 -> lines.set(0, STATUS_LINES.get(random.nextInt(STATUS_LINES.size())));
                case 1 -> lines.set(line, "X-" + random.nextInt(3) + ": " + random.nextInt(200));
                case 2 -> lines.set(line, "x-long: " + "y".repeat(240 + random.nextInt(20)));
                case 3 -> lines.add(line, "Date: " + random.nextInt(20));
                case 4 -> lines.add(lines.get(line));
                case 5 -> {
                    if (lines.size() > 2) {
                        lines.remove(line);
                    }
                }
                case 6 -> {
                    for (int i = 0; i < random.nextInt(40); i++) {
                        lines.add("X-Many: " + i);
                    }
                }
                default ->
                    lines.subList(Math.min(lines.size(), 4), lines.size()).clear();
            }
        }
    }
}
