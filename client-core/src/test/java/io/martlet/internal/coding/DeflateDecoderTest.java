package io.martlet.internal.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** The formats of RFC 1950 and RFC 1951. */
class DeflateDecoderTest {
    private static final byte[] TEXT = "always in flight".getBytes(StandardCharsets.UTF_8);

    @Test
    void aWrongChecksumIsAnError() {
        byte[] wrong = Encoded.as("deflate", TEXT);
        wrong[wrong.length - 1] ^= 1;

        assertEquals("the deflate data are corrupt", refusal(wrong));
    }

    @Test
    void aDictionaryThatNobodyHasIsAnError() {
        Deflater deflater = new Deflater();
        deflater.setDictionary("flight".getBytes(StandardCharsets.UTF_8));
        deflater.setInput(TEXT);
        deflater.finish();
        byte[] encoded = new byte[100];
        int length = deflater.deflate(encoded);
        deflater.end();

        assertEquals("the deflate data ask for a dictionary", refusal(Arrays.copyOf(encoded, length)));
    }

    @Test
    void bytesBehindTheEndAreNamed() {
        assertEquals(
                "bytes follow the end of the deflate data",
                refusal(Encoded.joined(Encoded.as("deflate", TEXT), new byte[1])));
    }

    private static String refusal(byte[] encoded) {
        return assertThrows(CorruptContentException.class, () -> Decoding.of("deflate", encoded))
                .getMessage();
    }
}
