package io.martlet.internal.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.martlet.config.Limits;
import io.martlet.http.Method;
import io.martlet.internal.http1.ResponseDecoder.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The test vectors of llhttp, the parser of Node.js. They lie outside the project: without them this is skipped. */
class LlhttpVectorsTest {
    private static final String REJECTED = "rejected";
    private static final String NOT_CHUNKED_ALONE =
            "a Transfer-Encoding other than \"chunked\" alone is refused; llhttp hands out the coded body until close";

    /** Vectors on which we differ from llhttp's strict mode, with the reason. In each we are the stricter. */
    private static final Map<String, String> DEVIATIONS = Map.of(
            "sample.md: RTSP response",
            "not HTTP",
            "sample.md: ICE response",
            "not HTTP",
            "sample.md: HTTP version 0.9",
            "HTTP/0.9 has no status line, RFC 9112 knows only 1.0 and 1.1",
            "transfer-encoding.md: `chunked` before other transfer-encoding",
            NOT_CHUNKED_ALONE,
            "transfer-encoding.md: multiple transfer-encoding where chunked is not the last one",
            NOT_CHUNKED_ALONE,
            "transfer-encoding.md: `chunkedchunked` transfer-encoding does not enable chunked enconding",
            NOT_CHUNKED_ALONE);

    @Test
    void responsesAgreeWithLlhttp() throws IOException {
        List<LlhttpVector> vectors = vectors();
        Map<String, String> differences = new TreeMap<>();
        for (LlhttpVector vector : vectors) {
            String expected = isRejectedByStrictMode(vector) ? REJECTED : vector.messages();
            String actual = read(vector);
            if (!expected.equals(actual)) {
                differences.put(vector.name(), "\nllhttp\n" + expected + "\nours\n" + actual + "\n");
            }
        }

        System.out.println("llhttp: " + (vectors.size() - differences.size()) + " of " + vectors.size()
                + " response vectors agree, " + differences.size() + " listed deviations");
        assertEquals(new TreeMap<>(DEVIATIONS).keySet(), differences.keySet(), differences::toString);
    }

    @Test
    void whatLlhttpRejectsIsRejected() throws IOException {
        List<LlhttpVector> rejected = vectors().stream()
                .filter(LlhttpVectorsTest::isRejectedByStrictMode)
                .toList();

        assertFalse(rejected.isEmpty());
        for (LlhttpVector vector : rejected) {
            assertEquals(REJECTED, read(vector), vector.name());
        }
    }

    /** A lenient mode is there for what the strict one rejects. */
    private static boolean isRejectedByStrictMode(LlhttpVector vector) {
        return vector.isRejected() || vector.mode().startsWith("response-lenient");
    }

    /** Reads whole, byte by byte and in every two pieces; all must be the same. */
    private static String read(LlhttpVector vector) {
        byte[] input = vector.input();
        String whole = read(vector, input.length);
        for (int i = 1; i < input.length; i++) {
            assertEquals(whole, read(vector, i), vector.name() + " split at " + i);
        }
        assertEquals(whole, read(vector, -1), vector.name() + " byte by byte");
        return whole;
    }

    private static String read(LlhttpVector vector, int cut) {
        Reading reading = new Reading(vector.isHead() ? Method.HEAD : Method.GET);
        int size = cut < 0 ? 1 : cut;
        for (int from = 0; from < vector.input().length && !reading.isRejected; ) {
            int to = Math.min(vector.input().length, from + size);
            reading.feed(ByteBuffer.wrap(vector.input(), from, to - from));
            from = to;
            size = cut < 0 ? 1 : vector.input().length;
        }
        return reading.result(vector.mode().endsWith("finish"));
    }

    private static List<LlhttpVector> vectors() throws IOException {
        String data = System.getProperty("martlet.data");
        assumeTrue(data != null, "the system property martlet.data is not set");
        Path folder = Path.of(data, "llhttp");
        assumeTrue(Files.exists(folder), folder + " does not exist");
        List<LlhttpVector> vectors = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                vectors.addAll(LlhttpVector.of(file.getFileName().toString(), Files.readString(file)));
            }
        }
        List<LlhttpVector> responses = vectors.stream()
                .filter(vector -> vector.mode().startsWith("response"))
                .toList();
        assertFalse(responses.isEmpty(), "no vectors in " + folder);
        return responses;
    }

    /** Responses one after the other on one connection, as llhttp reads them, printed as {@link LlhttpVector} does. */
    private static final class Reading {
        private final ResponseDecoder decoder = new ResponseDecoder(Limits.DEFAULT);
        private final Method method;
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private String head = "";
        private boolean isBetween;
        private boolean isSwitched;
        private boolean isRejected;

        Reading(Method method) {
            this.method = method;
            decoder.start(method, true);
        }

        void feed(ByteBuffer in) {
            try {
                while (!isRejected && !isSwitched && (in.hasRemaining() || !isBetween)) {
                    if (isBetween) {
                        startNext();
                    } else if (take(decoder.next(in), in)) {
                        return;
                    }
                }
            } catch (Http1Fault fault) {
                isRejected = true;
            }
        }

        String result(boolean finishes) {
            if (isRejected) {
                return REJECTED;
            }
            if (!isBetween && !head.isEmpty()) {
                print(finishes && ends() ? " complete" : "");
            }
            return text.toString();
        }

        private void startNext() {
            isBetween = false;
            isRejected = !decoder.framing().keepsConnection();
            if (!isRejected) {
                decoder.start(method, true);
            }
        }

        private boolean take(Event event, ByteBuffer in) {
            switch (event) {
                case NEED_INPUT -> {
                    return true;
                }
                case HEAD -> head = describe(decoder.head());
                case BODY -> body.write(in.array(), in.arrayOffset() + decoder.bodyStart(), decoder.bodyLength());
                case INTERIM -> {
                    head = describe(decoder.head());
                    print(" complete");
                }
                case END -> {
                    print(" complete");
                    isSwitched = decoder.framing().kind() == BodyFraming.Kind.TUNNEL;
                    isBetween = true;
                }
            }
            return false;
        }

        private boolean ends() {
            try {
                return decoder.endOfInput() == Event.END;
            } catch (Http1Fault fault) {
                return false;
            }
        }

        private void print(String complete) {
            text.append(head)
                    .append(" \"")
                    .append(body.toString(StandardCharsets.UTF_8))
                    .append('"');
            text.append(complete).append('\n');
            head = "";
            body.reset();
        }

        private static String describe(ResponseHead head) {
            List<String> fields = new ArrayList<>();
            head.headers().forEach((name, value) -> fields.add(name + ": " + value));
            String version = head.version().toString().substring(5);
            return version + " " + head.status() + " \"" + head.reason() + "\" " + fields;
        }
    }
}
