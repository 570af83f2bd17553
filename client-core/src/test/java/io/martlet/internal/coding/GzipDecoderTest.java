package io.martlet.internal.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The format of RFC 1952. */
class GzipDecoderTest {
    private static final int HEADER = 10;
    private static final byte[] TEXT = "always in flight".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PLAIN = Encoded.as("gzip", TEXT);

    private static byte[] withHeader(byte[] header) {
        return Encoded.joined(header, Arrays.copyOfRange(PLAIN, HEADER, PLAIN.length));
    }

    /** A header with those flags, and each field that they announce. */
    private static byte[] header(int flags, int extraLength) {
        byte[] fields = Encoded.joined(
                new byte[] {0x1F, (byte) 0x8B, 8, (byte) flags, 1, 2, 3, 4, 0, 3},
                (flags & 4) == 0 ? new byte[0] : new byte[] {(byte) extraLength, (byte) (extraLength >> 8)},
                (flags & 4) == 0 ? new byte[0] : new byte[extraLength],
                (flags & 8) == 0 ? new byte[0] : new byte[] {'n', (byte) 0xE9, 0},
                (flags & 16) == 0 ? new byte[0] : new byte[] {'c', 0});
        return (flags & 2) == 0 ? fields : Encoded.joined(fields, check(fields));
    }

    private static byte[] check(byte[] fields) {
        CRC32 crc = new CRC32();
        crc.update(fields);
        return new byte[] {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
    }

    @Test
    void everyFieldOfTheHeaderIsReadOver() throws CorruptContentException {
        for (int flags = 0; flags < 32; flags++) {
            for (int extraLength : new int[] {0, 1, 300}) {
                byte[] encoded = withHeader(header(flags, extraLength));
                for (int at = 0; at < encoded.length; at += extraLength == 300 ? 50 : 1) {
                    byte[] decoded = Decoding.of("gzip", Decoding.split(encoded, at));
                    assertArrayEquals(TEXT, decoded, "flags " + flags + ", split at " + at);
                }
            }
        }
    }

    @Test
    void theLongestExtraFieldIsReadOver() throws CorruptContentException {
        assertArrayEquals(TEXT, Decoding.of("gzip", withHeader(header(4, 65_535))));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 60, these are no gzip data",
        "1, 60, these are no gzip data",
        "2, 7, 'the method of the gzip data is 7, not 8'",
        "3, 32, the gzip header has a reserved flag",
        "3, 64, the gzip header has a reserved flag",
        "3, 128, the gzip header has a reserved flag",
    })
    void aHeaderThatIsNoneIsAnError(int index, int octet, String message) {
        byte[] wrong = PLAIN.clone();
        wrong[index] = (byte) octet;

        assertEquals(message, refusal(wrong));
    }

    @Test
    void aWrongChecksumOfTheHeaderIsAnError() {
        byte[] header = header(2 | 8, 0);
        header[4] ^= 1;

        assertEquals("the checksum of the gzip header is wrong", refusal(withHeader(header)));
    }

    @ParameterizedTest
    @CsvSource({
        "8, the checksum of the gzip data is wrong",
        "5, the checksum of the gzip data is wrong",
        "4, the length of the gzip data is wrong",
        "1, the length of the gzip data is wrong",
    })
    void aWrongTrailerIsAnError(int fromEnd, String message) {
        byte[] wrong = PLAIN.clone();
        wrong[wrong.length - fromEnd] ^= 1;

        assertEquals(message, refusal(wrong));
    }

    @Test
    void membersFollowOneAnother() throws CorruptContentException {
        byte[] three = Encoded.joined(PLAIN, Encoded.as("gzip", new byte[0]), withHeader(header(31, 5)));
        for (int at = 0; at <= three.length; at++) {
            byte[] decoded = Decoding.of("gzip", Decoding.split(three, at));
            assertArrayEquals(Encoded.joined(TEXT, TEXT), decoded, "split at " + at);
        }
    }

    @Test
    void aSecondMemberThatIsCutOffIsAnError() {
        byte[] two = Encoded.joined(PLAIN, PLAIN);
        for (int length = PLAIN.length + 1; length < two.length; length++) {
            assertEquals("the gzip data are cut off", refusal(Arrays.copyOf(two, length)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "1e", "1f00", "1f8b09"})
    void whatFollowsAMemberAndIsNoneIsAnError(String hex) {
        byte[] more = HexFormat.of().parseHex(hex);

        assertThrows(CorruptContentException.class, () -> Decoding.of("gzip", Encoded.joined(PLAIN, more)));
    }

    @Test
    void manyEmptyMembersAreWorkInProportion() throws CorruptContentException {
        byte[] empty = Encoded.as("gzip", new byte[0]);
        byte[][] members = new byte[50_000][];
        Arrays.fill(members, empty);

        assertEquals(0, Decoding.of("gzip", Encoded.joined(members)).length);
    }

    private static String refusal(byte[] encoded) {
        return assertThrows(CorruptContentException.class, () -> Decoding.of("gzip", encoded))
                .getMessage();
    }
}
