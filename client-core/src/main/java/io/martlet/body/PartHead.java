package io.martlet.body;

import io.martlet.config.Limits;
import io.martlet.http.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the fields at the beginning of a part, up to and with the empty line, from input in any pieces.
 *
 * <p>Lines end in CRLF and nothing else; names and values are what {@link Headers} accepts, so no control character but
 * TAB. Folded lines are joined by a blank: RFC 9112 §5.2 forbids them in HTTP, RFC 5322 §2.2.3 has them in MIME.
 */
final class PartHead {
    private final Limits limits;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** The lines before it, as far as they are one field. */
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();

    private Headers.Builder fields = Headers.builder();
    private int count;
    private int part;
    private Headers headers = Headers.EMPTY;

    PartHead(Limits limits) {
        this.limits = limits;
    }

    /** Makes ready for the head of the next part. */
    void begin() {
        part++;
        count = 0;
        fields = Headers.builder();
    }

    /** Number of the part whose head was begun last, from 1. */
    int part() {
        return part;
    }

    /** Takes what {@code in} holds of the head; true when it is whole, then {@link #headers} has it. */
    boolean parse(ByteBuffer in) {
        while (in.hasRemaining()) {
            byte octet = in.get();
            if (octet != '\n') {
                checkLength(line.size());
                line.write(octet);
            } else if (isEnd(takeLine())) {
                headers = fields.build();
                return true;
            }
        }
        return false;
    }

    /** The fields of the head that was read last, also while the next one is read. */
    Headers headers() {
        return headers;
    }

    /** One more than the limit may be the CR of the line's end. */
    private void checkLength(int length) {
        if (length > limits.maxHeaderLine()) {
            throw fault("a header line is longer than " + limits.maxHeaderLine() + " bytes");
        }
    }

    private byte[] takeLine() {
        byte[] bytes = line.toByteArray();
        line.reset();
        int length = bytes.length - 1;
        if (length < 0 || bytes[length] != '\r') {
            throw fault("a header line ends in LF without CR");
        }
        return Arrays.copyOf(bytes, length);
    }

    /** Whether {@code text} is the empty line; any other belongs to a field. */
    private boolean isEnd(byte[] text) {
        boolean isFolded = text.length > 0 && (text[0] == ' ' || text[0] == '\t');
        if (isFolded) {
            fold(text);
            return false;
        }
        if (field.size() > 0) {
            addField();
        }
        field.writeBytes(text);
        return text.length == 0;
    }

    private void fold(byte[] text) {
        if (field.size() == 0) {
            throw fault("its first line starts with a blank");
        }
        field.write(' ');
        field.writeBytes(Arrays.copyOfRange(text, 1, text.length));
        checkLength(field.size());
    }

    private void addField() {
        String text = text(field.toByteArray());
        field.reset();
        if (++count > limits.maxHeaders()) {
            throw fault("it has more header fields than " + limits.maxHeaders());
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw fault("field line " + count + " has no colon");
        }
        try {
            fields.add(text.substring(0, colon), text.substring(colon + 1));
        } catch (IllegalArgumentException malformed) {
            throw fault(malformed.getMessage());
        }
    }

    /** UTF-8 where it is UTF-8, otherwise ISO-8859-1, as in the heads of responses. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private MultipartFault fault(String reason) {
        return new MultipartFault("the head of part " + part + ": " + reason);
    }
}
