package io.martlet.internal.coding;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A decoder at work, as the body of a response drives it. */
final class Decoding {
    private static final int USUAL_OUTPUT = 4096;

    private Decoding() {}

    /** What {@code pieces} hold, in the codings of a {@code Content-Encoding}. */
    static byte[] of(String contentEncoding, byte[]... pieces) throws CorruptContentException {
        return of(contentEncoding, USUAL_OUTPUT, pieces);
    }

    /** The same, by so many bytes at once. */
    static byte[] of(String contentEncoding, int outputSize, byte[]... pieces) throws CorruptContentException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ByteBuffer output = ByteBuffer.allocate(outputSize);
        try (ContentDecoder decoder = decoder(contentEncoding)) {
            for (byte[] piece : pieces) {
                decode(decoder, ByteBuffer.wrap(piece), output, content);
            }
            decoder.endOfInput();
        }
        return content.toByteArray();
    }

    static ContentDecoder decoder(String contentEncoding) throws CorruptContentException {
        return Objects.requireNonNull(ContentCoding.decoderFor(List.of(contentEncoding)));
    }

    private static void decode(
            ContentDecoder decoder, ByteBuffer input, ByteBuffer output, ByteArrayOutputStream content)
            throws CorruptContentException {
        boolean wantsMore;
        do {
            wantsMore = decoder.decode(input, output.clear());
            content.write(output.array(), 0, output.position());
        } while (!wantsMore);
        if (input.hasRemaining()) {
            throw new AssertionError("it wants more, and has left " + input);
        }
    }

    /** {@code bytes} cut in two. */
    static byte[][] split(byte[] bytes, int at) {
        return new byte[][] {Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length)};
    }

    /** {@code bytes} one by one. */
    static byte[][] single(byte[] bytes) {
        byte[][] pieces = new byte[bytes.length][];
        for (int i = 0; i < bytes.length; i++) {
            pieces[i] = new byte[] {bytes[i]};
        }
        return pieces;
    }
}
