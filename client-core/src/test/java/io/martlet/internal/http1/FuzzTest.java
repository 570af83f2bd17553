package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.config.Limits;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random input with fixed seeds: no exception but a fault, always progress, the same result for any pieces. */
class FuzzTest {
    private static final int ROUNDS = 3;
    private static final int INPUTS = 2000;

    private static final List<String> RESPONSES = List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Length: 05, 5\r\nConnection: x, close\r\n\r\nhello",
            "HTTP/1.0 404 Not Found\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\nhello\r\n1;a=\"b;\\\"\";c=d\r\n!\r\n0\r\nT: 1\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: CHUNKED\r\n\r\n0a ; x\r\n0123456789\r\n00\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100\r\n\r\n"
                    + "HTTP/1.1 204 No Content\r\nA: \u00c3\u00a9\r\n\r\n",
            "\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"x\"\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX:\t\u00e9 \r\n\r\nuntil close");

    /** What parsers trip over, whole fields among it. */
    private static final List<String> SPICE = List.of(
            "\r",
            "\n",
            "\r\n",
            "\r\n\r\n",
            " ",
            "\t",
            ":",
            ";",
            ",",
            "\"",
            "\\",
            "=",
            "0",
            "5",
            "f",
            "\u0000",
            "\u007f",
            "\u00e9",
            "\u000b",
            "-",
            "+",
            "Content-Length: 5\r\n",
            "Content-Length: 6\r\n",
            "Transfer-Encoding: chunked\r\n",
            " folded\r\n",
            "Connection: close\r\n",
            "0\r\n\r\n",
            "HTTP/1.1 100 x\r\n\r\n",
            "HTTP/1.1 200 OK\r\n",
            "chunked",
            "ffffffffffffffff");

    @RepeatedTest(ROUNDS)
    void mutatedResponsesAreReadAsTheGrammarSays(RepetitionInfo round) {
        Random random = new Random(9112 + round.getCurrentRepetition());
        int accepted = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = mutate(random);
            String script = playEveryWay(Playback.GET, random, input);
            boolean isRefused = script.contains("\nfault ") || script.startsWith("fault ");
            assertEquals(GrammarReference.read(input), isRefused ? null : script, () -> printable(input));
            accepted += isRefused ? 0 : 1;
        }
        assertTrue(accepted > INPUTS / 20 && accepted < INPUTS * 19 / 20, accepted + " of " + INPUTS + " accepted");
    }

    @RepeatedTest(ROUNDS)
    void randomBytesAreRefused(RepetitionInfo round) {
        Random random = new Random(9110 + round.getCurrentRepetition());
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = new byte[random.nextInt(200)];
            random.nextBytes(input);
            String script = playEveryWay(Playback.GET, random, input);
            assertTrue(script.startsWith("fault "), () -> printable(input));
        }
    }

    @RepeatedTest(ROUNDS)
    void narrowLimitsStrikeTheSameForAnyPieces(RepetitionInfo round) {
        Random random = new Random(8190 + round.getCurrentRepetition());
        int struck = 0;
        for (int i = 0; i < INPUTS; i++) {
            Playback playback = Playback.GET.limits(Limits.builder()
                    .maxStatusLine(12 + random.nextInt(12))
                    .maxHeaderLine(10 + random.nextInt(20))
                    .maxHeaders(random.nextInt(4))
                    .maxInterim(random.nextInt(3))
                    .maxChunkLine(1 + random.nextInt(10))
                    .maxTrailerBytes(random.nextInt(12)));
            struck += playEveryWay(playback, random, mutate(random)).contains("fault LIMIT") ? 1 : 0;
        }
        assertTrue(struck > INPUTS / 4, struck + " limits struck");
    }

    @RepeatedTest(ROUNDS)
    void whatWasGeneratedIsReadBack(RepetitionInfo round) {
        Random random = new Random(2026 + round.getCurrentRepetition());
        for (int i = 0; i < INPUTS / 4; i++) {
            Model model = new Model(random);
            byte[] input = model.bytes();
            assertEquals(model.script(), playEveryWay(Playback.GET, random, input), () -> printable(input));
        }
    }

    private static String playEveryWay(Playback playback, Random random, byte[] input) {
        String whole = playback.play(input);
        assertEquals(
                whole, playback.play(input, IntStream.range(1, input.length).toArray()), () -> printable(input));
        int[] cuts = random.ints(3, 0, input.length + 1).sorted().toArray();
        assertEquals(whole, playback.play(input, cuts), () -> printable(input) + " cut at " + Arrays.toString(cuts));
        return whole;
    }

    private static byte[] mutate(Random random) {
        StringBuilder text = new StringBuilder(RESPONSES.get(random.nextInt(RESPONSES.size())));
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + 1 + random.nextInt(4));
            switch (random.nextInt(6)) {
                case 0 -> text.insert(at, SPICE.get(random.nextInt(SPICE.size())));
                case 1 -> text.replace(at, end, SPICE.get(random.nextInt(SPICE.size())));
                case 2 -> text.delete(at, end);
                case 3 -> text.insert(at, text.substring(at, end));
                case 4 -> text.replace(at, Math.min(text.length(), at + 1), String.valueOf((char) random.nextInt(256)));
                default -> insertLine(random, text);
            }
            if (text.isEmpty()) {
                text.append('H');
            }
        }
        return Playback.bytes(text.toString());
    }

    private static void insertLine(Random random, StringBuilder text) {
        int line = text.indexOf("\r\n", random.nextInt(text.length()));
        text.insert(line < 0 ? text.length() : line + 2, SPICE.get(random.nextInt(SPICE.size())));
    }

    private static String printable(byte[] input) {
        StringBuilder text = new StringBuilder();
        for (byte octet : input) {
            text.append(
                    octet >= ' ' && octet < 0x7f
                            ? String.valueOf((char) octet)
                            : String.format("\\x%02x", octet & 0xff));
        }
        return text.toString();
    }

    /** A random response that is valid, and how it reads. */
    private static final class Model {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final StringBuilder script = new StringBuilder();
        private final Random random;

        Model(Random random) {
            this.random = random;
            for (int n = random.nextInt(3); n > 0; n--) {
                head("interim ", 102 + random.nextInt(98), "");
            }
            String body = "b".repeat(random.nextInt(3) * random.nextInt(40));
            boolean isChunked = random.nextBoolean();
            int status = random.nextBoolean() ? 200 : 400 + random.nextInt(600);
            head("head ", status, isChunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length());
            script.append(body.isEmpty() ? "" : "body " + body + "\n").append("end reusable [");
            if (isChunked) {
                chunks(body);
                write("0\r\n");
                script.append(fields()).append("] left 0\n");
                write("\r\n");
            } else {
                write(body);
                script.append("] left 0\n");
            }
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }

        String script() {
            return script.toString();
        }

        private void head(String what, int status, String framing) {
            String reason = text(" abcXYZ~\t", 12);
            write("HTTP/1.1 " + status + " " + reason + "\r\n");
            String fields = fields();
            String separator = fields.isEmpty() || framing.isEmpty() ? "" : ", ";
            script.append(what).append("HTTP/1.1 ").append(status).append(' ').append(reason);
            script.append(" [").append(fields).append(separator).append(framing).append("]\n");
            write((framing.isEmpty() ? "" : framing + "\r\n") + "\r\n");
        }

        private String fields() {
            StringBuilder fields = new StringBuilder();
            for (int n = random.nextInt(4); n > 0; n--) {
                String name = text("abc-_.!#$%&'*+^`|~019XYZ", 9) + "x";
                String value = text("abc ,;=:/\"'()<>@[]{}?\\|~09", 30).strip();
                write(name + ":" + text(" \t", 3) + value + text(" \t", 3) + "\r\n");
                fields.append(fields.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(": ")
                        .append(value);
            }
            return fields.toString();
        }

        private void chunks(String body) {
            for (int from = 0; from < body.length(); ) {
                int to = Math.min(body.length(), from + 1 + random.nextInt(20));
                write("0".repeat(random.nextInt(3)) + Integer.toHexString(to - from));
                write(random.nextBoolean() ? "" : " ; x=\"" + text("ab;, =\t", 8) + "\";y");
                write("\r\n" + body.substring(from, to) + "\r\n");
                from = to;
            }
        }

        private String text(String alphabet, int most) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(most); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            return text.toString();
        }

        private void write(String text) {
            bytes.writeBytes(Playback.bytes(text));
        }
    }
}
