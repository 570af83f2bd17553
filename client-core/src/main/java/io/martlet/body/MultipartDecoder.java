package io.martlet.body;

import io.martlet.config.Limits;
import io.martlet.http.Headers;
import io.martlet.http.MediaType;
import io.martlet.http.Part;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Takes a multipart body apart (RFC 2046 §5.1): takes bytes, in any pieces, and gives events.
 *
 * <p>What stands before the first delimiter is skipped, what comes behind the last one is not looked at.
 */
final class MultipartDecoder {
    /** What {@link #next} has come to. */
    enum Event {
        /** The input is used up; if there is no more, {@link #endOfInput} says what is missing. */
        MORE,
        /** A part begins: {@link #headers} has its head. */
        PART,
        /** Some of the part's body: {@link #content} has it. */
        CONTENT,
        PART_END,
        /** There are no more parts. */
        END
    }

    private enum State {
        PREAMBLE,
        HEAD,
        BODY,
        CLOSED
    }

    /** RFC 2046 §5.1.1. */
    private static final int MAX_BOUNDARY = 70;

    private static final int MAX_PREAMBLE = 64 * 1024;

    private final DelimiterScanner scanner;
    private final PartHead head;
    private State state = State.PREAMBLE;
    private int skipped;

    MultipartDecoder(String boundary, Limits limits) {
        scanner = new DelimiterScanner(boundary);
        head = new PartHead(limits);
    }

    /** A decoder of bodies of {@code type}. */
    static MultipartDecoder of(MediaType type) {
        if (!type.type().equals("multipart")) {
            throw new MultipartFault("the body is " + type.essence() + ", not multipart");
        }
        String boundary = type.parameters().get("boundary");
        if (boundary == null || boundary.isEmpty()) {
            throw new MultipartFault(type.essence() + " has no boundary");
        }
        return new MultipartDecoder(checked(boundary), Limits.DEFAULT);
    }

    /** The parts of a body that is there; see {@link Multipart#parse}. */
    static List<Part> parse(MediaType type, byte[] bytes) {
        MultipartDecoder decoder = of(type);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Part> parts = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            switch (decoder.next(in)) {
                case PART -> body.reset();
                case CONTENT -> write(decoder.content(), body);
                case PART_END -> parts.add(new Part(decoder.headers(), body.toByteArray()));
                case END -> {
                    return Collections.unmodifiableList(parts);
                }
                case MORE -> throw decoder.endOfInput();
            }
        }
    }

    private static void write(ByteBuffer content, ByteArrayOutputStream body) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        body.writeBytes(bytes);
    }

    /** Servers use more than RFC 2046 §5.1.1 allows, such as braces and {@code @}; a blank at the end nobody could see. */
    private static String checked(String boundary) {
        if (boundary.length() > MAX_BOUNDARY) {
            throw new MultipartFault("the boundary has " + boundary.length() + " characters, more than " + MAX_BOUNDARY
                    + " (RFC 2046 §5.1.1)");
        }
        if (!boundary.chars().allMatch(c -> c >= ' ' && c < 0x7f) || boundary.endsWith(" ")) {
            throw new MultipartFault("the boundary is not of visible ASCII characters (RFC 2046 §5.1.1)");
        }
        return boundary;
    }

    /** Takes of {@code in} what the next event needs. */
    Event next(ByteBuffer in) {
        if (state == State.PREAMBLE && !skipPreamble(in)) {
            return Event.MORE;
        }
        return switch (state) {
            case HEAD -> head(in);
            case BODY -> body(in);
            default -> Event.END;
        };
    }

    /** The head of the part. */
    Headers headers() {
        return head.headers();
    }

    /** The content that was found last: a range of the input, or bytes kept here; valid until the next call. */
    ByteBuffer content() {
        return scanner.content();
    }

    /** What is missing, if the input ends before {@link Event#END}. */
    MultipartFault endOfInput() {
        return new MultipartFault(
                switch (state) {
                    case PREAMBLE -> "the multipart body has no delimiter of its boundary";
                    case HEAD -> "the multipart body ends amid the head of part " + head.part();
                    default -> "the multipart body ends amid part " + head.part() + ", without a closing delimiter";
                });
    }

    private boolean skipPreamble(ByteBuffer in) {
        DelimiterScanner.Found found = scanner.scan(in);
        while (found == DelimiterScanner.Found.CONTENT) {
            skipped += scanner.content().remaining();
            if (skipped > MAX_PREAMBLE) {
                throw new MultipartFault(
                        "the multipart body has no delimiter of its boundary in its first " + MAX_PREAMBLE + " bytes");
            }
            found = scanner.scan(in);
        }
        if (found == DelimiterScanner.Found.MORE) {
            return false;
        }
        goOn(found);
        return true;
    }

    private Event head(ByteBuffer in) {
        if (!head.parse(in)) {
            return Event.MORE;
        }
        state = State.BODY;
        return Event.PART;
    }

    private Event body(ByteBuffer in) {
        DelimiterScanner.Found found = scanner.scan(in);
        return switch (found) {
            case MORE -> Event.MORE;
            case CONTENT -> Event.CONTENT;
            case DELIMITER, CLOSE -> {
                goOn(found);
                yield Event.PART_END;
            }
        };
    }

    private void goOn(DelimiterScanner.Found delimiter) {
        if (delimiter == DelimiterScanner.Found.CLOSE) {
            state = State.CLOSED;
            return;
        }
        state = State.HEAD;
        head.begin();
    }
}
