package io.martlet.body;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Locale;

/** Text as bytes, all of it: nothing becomes a question mark. */
final class TextEncoding {
    private TextEncoding() {}

    /**
     * The bytes of {@code text}.
     *
     * @param what how a message calls the text, which it does not quote
     * @throws IllegalArgumentException if the charset has no bytes for a character of it, or it holds half of one
     */
    static byte[] encode(String what, String text, Charset charset) {
        if (!charset.canEncode()) {
            throw new IllegalArgumentException(what + ": the charset " + charset + " can only be read");
        }
        CharBuffer chars = CharBuffer.wrap(text.toCharArray());
        try {
            ByteBuffer bytes = charset.newEncoder().encode(chars);
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException e) {
            int index = chars.position();
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: the character U+%04X at index %d cannot be written in %s",
                            what,
                            text.codePointAt(index),
                            index,
                            charset),
                    e);
        }
    }
}
