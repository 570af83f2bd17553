package io.martlet.samples.fetch.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.samples.fetch.download.Checksums.Digest;
import io.martlet.samples.fetch.values.OptionException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksumsTest {
    private static final String A = "ab".repeat(32);

    @Test
    void theFormsOfSha256sumAreRead() {
        Checksums sums = Checksums.parse(
                "--checksums",
                List.of(
                        "# from the release",
                        "",
                        A.toUpperCase() + "  dist/a b.iso",
                        "cd".repeat(64) + " *c",
                        "SHA1 (d) = " + "ef".repeat(20)));
        assertEquals(new Digest("SHA-256", A), sums.of("a b.iso"));
        assertEquals(new Digest("SHA-512", "cd".repeat(64)), sums.of("c"));
        assertEquals(new Digest("SHA-1", "ef".repeat(20)), sums.of("d"));
        assertNull(sums.of("e"));
    }

    @Test
    void whatProgramsAndPgpPutAroundThemIsRead() {
        Checksums sums = Checksums.parse(
                "--checksums",
                List.of(
                        "\ufeff" + A + "  first",
                        "-----BEGIN PGP SIGNED MESSAGE-----",
                        "Hash: SHA256",
                        "",
                        A + "  signed",
                        "",
                        "\\" + A + "  a\\\\b\\nc\\rd",
                        "\\SHA256 (e\\\\f) = " + A,
                        "-----BEGIN PGP SIGNATURE-----",
                        "",
                        "iQEzBAEBCAAdFiEE",
                        "-----END PGP SIGNATURE-----",
                        A + "  last"));
        for (String name : List.of("first", "signed", "a\\b\nc\rd", "e\\f", "last")) {
            assertEquals(new Digest("SHA-256", A), sums.of(name), name);
        }
    }

    @Test
    void aNameWithTwoDigestsHasNone() {
        Checksums sums =
                Checksums.parse("--checksums", List.of(A + "  x/a", "cd".repeat(32) + "  y/a", A + "  b", A + "  z/b"));
        assertNull(sums.of("a"));
        assertEquals(new Digest("SHA-256", A), sums.of("b"));
    }

    @Test
    void theTagSaysWhichAlgorithmItIsAndTheStrongestCounts() {
        Checksums sums = Checksums.parse(
                "--checksums",
                List.of(
                        "SHA512 (a) = " + "cd".repeat(64),
                        "SHA256 (a) = " + A,
                        "RMD160 (a) = " + "ef".repeat(20),
                        "SIZE (a) = 1234",
                        "SHA3-256 (b) = " + A));
        assertEquals(new Digest("SHA-512", "cd".repeat(64)), sums.of("a"));
        assertEquals(new Digest("SHA3-256", A), sums.of("b"));
    }

    @Test
    void aLineThatIsNoDigestIsRefused() {
        List<String> lines = List.of(A + "  a", "abc  b");
        OptionException refusal = assertThrows(OptionException.class, () -> Checksums.parse("--checksums", lines));
        assertEquals("Invalid value for option '--checksums': line 2 has a digest of 3 digits", refusal.getMessage());
    }
}
