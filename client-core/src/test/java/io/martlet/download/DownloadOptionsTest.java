package io.martlet.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DownloadOptionsTest {
    @Test
    void whatMakesNoSenseIsRefusedByName() {
        List<String> errors = Stream.<UnaryOperator<DownloadOptions.Builder>>of(
                        b -> b.segments(0),
                        b -> b.segments(257),
                        b -> b.minSegmentBytes(0),
                        b -> b.size(-2),
                        b -> b.maxBytes(-1),
                        b -> b.digest("MD0"),
                        b -> b.sha256("abc"))
                .map(change -> change.apply(DownloadOptions.builder()))
                .map(builder -> assertThrows(IllegalArgumentException.class, builder::build))
                .map(Throwable::getMessage)
                .toList();

        assertEquals(
                List.of(
                        "download segments is 0; a file has 1 to 256",
                        "download segments is 257; a file has 1 to 256",
                        "download minSegmentBytes is 0; a segment has at least one byte",
                        "download size is -2; it is 0 or more, or -1 for any",
                        "download maxBytes is -1; it is 0 or more",
                        "digest algorithm is MD0, which is not known here",
                        "digest is abc; SHA-256 has 64 hexadecimal digits"),
                errors);
    }

    @Test
    void aDigestWithoutItsAlgorithmIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DownloadOptions(true, true, 1, 1, -1, 0, null, "ab", (bytes, total) -> {}));
    }

    @Test
    void aBuilderStartsWithWhatItWasMadeOf() {
        DownloadOptions options = DownloadOptions.builder()
                .resume(false)
                .overwrite(false)
                .segments(2)
                .minSegmentBytes(3)
                .size(4)
                .maxBytes(5)
                .sha256("AB".repeat(32))
                .progress((bytes, total) -> {})
                .build();

        assertEquals(options, options.toBuilder().build());
        assertEquals("ab".repeat(32), options.digest());
    }
}
