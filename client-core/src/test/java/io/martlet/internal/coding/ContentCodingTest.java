package io.martlet.internal.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {
    private static final byte[] TEXT = "always in flight".getBytes(StandardCharsets.UTF_8);

    @Test
    void withBothLibrariesAllFourAreOffered() {
        assertEquals("gzip, deflate, br, zstd", ContentCoding.OFFERED);
    }

    @ParameterizedTest
    @CsvSource({
        "com.aayushatharva., 'gzip, deflate, zstd'",
        "com.github.luben.,  'gzip, deflate, br'",
        "com.,               'gzip, deflate'",
    })
    void whatHasNoLibraryIsNotOffered(String missing, String offered) throws Exception {
        URL house = ContentCoding.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader without = new Without(missing, house)) {
            Class<?> codings = without.loadClass(ContentCoding.class.getName());

            assertEquals(offered, codings.getField("OFFERED").get(null));
        }
    }

    /** Loads the classes of the house anew, and none of those that are missing. */
    private static final class Without extends URLClassLoader {
        private final String missing;

        private Without(String missing, URL house) {
            super(new URL[] {house}, ContentCoding.class.getClassLoader());
            this.missing = missing;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(missing)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.martlet.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "identity", " , identity,", "compress", "gzip, compress", "compress, gzip", "gzip;q=1", "*"})
    void whatIsNoneOrNotKnownIsLeftAsItIs(String contentEncoding) throws CorruptContentException {
        assertNull(ContentCoding.decoderFor(List.of(contentEncoding)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZip", "x-gzip", " gzip ,", "identity, gzip", "\tgzip"})
    void aCodingIsKnownHoweverItIsWritten(String contentEncoding) throws CorruptContentException {
        assertArrayEquals(TEXT, Decoding.of(contentEncoding, Encoded.as("gzip", TEXT)));
    }

    @Test
    void theLastCodingIsUndoneFirst() throws CorruptContentException {
        byte[] encoded = Encoded.inAll(TEXT, "deflate", "gzip", "br", "zstd", "gzip");

        assertArrayEquals(TEXT, Decoding.of("deflate, gzip, br, zstd, gzip", encoded));
        assertArrayEquals(TEXT, Decoding.of("deflate, gzip, br, zstd, gzip", 3, Decoding.single(encoded)));
    }

    @Test
    void codingsMayStandInSeveralFields() throws CorruptContentException {
        ContentDecoder decoder = ContentCoding.decoderFor(List.of("deflate", "gzip, br"));
        ByteBuffer output = ByteBuffer.allocate(100);
        ByteBuffer input = ByteBuffer.wrap(Encoded.inAll(TEXT, "deflate", "gzip", "br"));

        while (!decoder.decode(input, output)) {
            assertEquals(0, input.remaining());
        }

        assertEquals(ByteBuffer.wrap(TEXT), output.flip());
        decoder.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 1000})
    void moreThanFiveCodingsAreAnError(int count) {
        List<String> fields = Collections.nCopies(count, "gzip");
        for (List<String> written : List.of(fields, List.of(String.join(",", fields)))) {
            CorruptContentException e =
                    assertThrows(CorruptContentException.class, () -> ContentCoding.decoderFor(written));
            assertEquals("it has " + count + " content codings, at most 5 are undone", e.getMessage());
        }
    }

    @Test
    void oneCallDoesNoMoreThanItsBuffersAskForWhateverIsInside() throws CorruptContentException {
        byte[] nothing = Encoded.as("gzip", new byte[0]);
        byte[][] members = new byte[200_000][];
        Arrays.fill(members, nothing);
        ByteBuffer input = ByteBuffer.wrap(Encoded.inAll(Encoded.joined(members), "gzip", "gzip"));
        int calls = 0;
        try (ContentDecoder decoder = Decoding.decoder("gzip, gzip, gzip")) {
            while (!decoder.decode(input, ByteBuffer.allocate(16))) {
                calls++;
            }
            decoder.endOfInput();
        }

        // 20 bytes a member, 8 KiB at once.
        assertEquals(200_000 * 20 / 8192, calls);
    }
}
