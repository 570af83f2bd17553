package io.martlet.internal.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The format of RFC 8878, with the window of RFC 9659. */
class ZstdDecoderTest {
    private static final byte[] TEXT = "always in flight".getBytes(StandardCharsets.UTF_8);
    private static final byte[] FRAME = Encoded.as("zstd", TEXT);

    /** RFC 8878 §3.1.2: four bytes of user data. */
    private static final byte[] SKIPPABLE = {0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};

    private static byte[] withWindow(int log) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(encoded)) {
            out.setLong(log);
            out.setChecksum(true);
            out.write(TEXT);
            out.flush();
        }
        return encoded.toByteArray();
    }

    @Test
    void framesFollowOneAnother() throws CorruptContentException {
        byte[] three = Encoded.joined(FRAME, SKIPPABLE, FRAME);
        for (int at = 0; at <= three.length; at++) {
            byte[] decoded = Decoding.of("zstd", Decoding.split(three, at));
            assertArrayEquals(Encoded.joined(TEXT, TEXT), decoded, "split at " + at);
        }
        assertArrayEquals(Encoded.joined(TEXT, TEXT), Decoding.of("zstd", Decoding.single(three)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 23})
    void aWindowOfUpTo8MiBIsDecoded(int log) throws Exception {
        assertArrayEquals(TEXT, Decoding.of("zstd", withWindow(log)));
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 27})
    void aLargerWindowIsAnError(int log) throws Exception {
        byte[] encoded = withWindow(log);

        CorruptContentException e = assertThrows(CorruptContentException.class, () -> Decoding.of("zstd", encoded));
        assertTrue(e.getMessage().startsWith("the zstd data are corrupt: "), e.getMessage());
    }

    @Test
    void aWindowOf2GiBIsAnErrorBeforeThereIsMemoryForIt() {
        byte[] head = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, (byte) ((31 - 10) << 3), 1, 0, 0};

        assertThrows(CorruptContentException.class, () -> Decoding.of("zstd", head));
    }
}
