package io.martlet.internal.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every coding: the first name says how the content is encoded, the second what the server calls it. */
class ContentDecoderTest {
    private static final byte[] TEXT =
            "The martlet never lands: it is always in flight, always in flight, never blocking. grüß "
                    .repeat(4)
                    .getBytes(StandardCharsets.UTF_8);

    private static byte[] mixed(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        Arrays.fill(bytes, length / 3, length / 2, (byte) 'x');
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "deflate, deflate", "raw, deflate", "br, br", "zstd, zstd"})
    void contentIsDecodedWhereverItsInputIsSplit(String coding, String called) throws CorruptContentException {
        byte[] encoded = Encoded.as(coding, TEXT);
        for (int at = 0; at <= encoded.length; at++) {
            assertArrayEquals(TEXT, Decoding.of(called, Decoding.split(encoded, at)), "split at " + at);
        }
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "deflate, deflate", "raw, deflate", "br, br", "zstd, zstd"})
    void contentIsDecodedByteByByteIntoAnyRoom(String coding, String called) throws CorruptContentException {
        byte[] content = mixed(20_000);
        byte[] encoded = Encoded.as(coding, content);
        for (int room : new int[] {1, 7, 16_384, 100_000}) {
            assertArrayEquals(content, Decoding.of(called, room, Decoding.single(encoded)), "room " + room);
            assertArrayEquals(content, Decoding.of(called, room, encoded), "room " + room);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void noInputIsNoContent(String coding) throws CorruptContentException {
        assertEquals(0, Decoding.of(coding).length);
        assertEquals(0, Decoding.of(coding, new byte[0]).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void encodedEmptinessIsNoContent(String coding) throws CorruptContentException {
        assertEquals(0, Decoding.of(coding, Encoded.as(coding, new byte[0])).length);
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, gzip, gzip",
        "deflate, deflate, deflate",
        "raw, deflate, deflate",
        "br, br, brotli",
        "zstd, zstd, zstd"
    })
    void contentThatIsCutOffAnywhereIsAnError(String coding, String called, String named) {
        byte[] encoded = Encoded.as(coding, TEXT);
        for (int length = 1; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            CorruptContentException e =
                    assertThrows(CorruptContentException.class, () -> Decoding.of(called, cut), "cut after " + length);
            assertEquals("the " + named + " data are cut off", e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "deflate, deflate", "raw, deflate", "br, br", "zstd, zstd"})
    void bytesBehindTheEndAreAnErrorWhereverTheyAre(String coding, String called) {
        byte[] encoded = Encoded.joined(Encoded.as(coding, TEXT), new byte[] {0, 0, 0, 0, 0});
        for (int at = encoded.length - 6; at < encoded.length; at++) {
            byte[][] pieces = Decoding.split(encoded, at);
            assertThrows(CorruptContentException.class, () -> Decoding.of(called, pieces), "split at " + at);
        }
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "deflate, deflate", "raw, deflate", "br, br", "zstd, zstd"})
    void contentWithAWrongByteEndsOrIsAnError(String coding, String called) {
        byte[] encoded = Encoded.as(coding, TEXT);
        for (int i = 0; i < encoded.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] wrong = encoded.clone();
                wrong[i] ^= (byte) (1 << bit);
                endsOrIsRefused(called, wrong);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "gzip, gzip", "zstd, br, deflate"})
    void whateverIsSentEndsOrIsAnError(String codings) {
        Random random = new Random(42);
        String first = codings.substring(codings.lastIndexOf(' ') + 1);
        byte[] start = Encoded.as(first, TEXT);
        for (int i = 0; i < 2000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            int kept = random.nextInt(Math.min(12, noise.length + 1));
            System.arraycopy(start, 0, noise, 0, kept);
            endsOrIsRefused(codings, noise);
        }
    }

    private static void endsOrIsRefused(String called, byte[] encoded) {
        try {
            Decoding.of(called, Decoding.split(encoded, encoded.length / 2));
        } catch (CorruptContentException expected) {
            assertTrue(expected.getMessage().length() < 200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void noMoreIsDecodedThanThereIsRoomFor(String coding) throws CorruptContentException {
        byte[] bomb = Encoded.as(coding, new byte[32 << 20]);
        ByteBuffer input = ByteBuffer.wrap(bomb);
        ByteBuffer output = ByteBuffer.allocate(1 << 10);
        try (ContentDecoder decoder = Decoding.decoder(coding)) {
            for (int i = 0; i < 1000; i++) {
                assertEquals(false, decoder.decode(input, output.clear()), "call " + i);
                assertEquals(1 << 10, output.position());
            }
            assertThrows(CorruptContentException.class, decoder::endOfInput);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void aDecoderCanBeClosedTwice(String coding) throws CorruptContentException {
        ContentDecoder decoder = Decoding.decoder(coding);
        decoder.decode(ByteBuffer.wrap(Encoded.as(coding, TEXT)), ByteBuffer.allocate(10));

        decoder.close();
        decoder.close();
    }
}
