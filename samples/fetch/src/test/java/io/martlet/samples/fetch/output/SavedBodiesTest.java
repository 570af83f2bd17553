package io.martlet.samples.fetch.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.martlet.http.Url;
import io.martlet.samples.fetch.input.InputLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SavedBodiesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "0, /a/index.html, 00001-index.html",
        "1, /, 00002-index",
        "99999, /a/, 100000-index",
        "0, /.., 00001-..",
        "0, /.bashrc, 00001-.bashrc",
        "0, /%2e%2e%2fetc%2Fpasswd, 00001-_2e_2e_2fetc_2Fpasswd",
        "0, /a:b;c|d*e, 00001-a_b_c_d_e"
    })
    void aNameIsTheNumberAndWhatIsSafeOfTheLastSegment(long index, String path, String expected) {
        assertEquals(expected, SavedBodies.fileName(index, path));
    }

    @Test
    void aLongNameIsCut() {
        assertEquals("00001-" + "x".repeat(100), SavedBodies.fileName(0, "/" + "x".repeat(5_000)));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/index.html, 1, index-D.html",
        "/a/index.html, 3, index-D-3.html",
        "/, 1, index-D",
        "/.., 1, index-D",
        "/.bashrc, 1, bashrc-D",
        "/-rf, 1, rf-D",
        "/a.tar.gz, 2, a-D-2.tar.gz",
        "/v1.2.3, 1, v1.2-D.3",
        "/a.no%20extension, 1, a.no_20extension-D"
    })
    void aNameThatLastsHasADigestInThePlaceOfTheNumber(String path, int occurrence, String expected) {
        assertEquals(
                expected,
                SavedBodies.lastingName(path, "http://x/a", occurrence).replaceFirst("-[0-9a-f]{16}", "-D"));
    }

    @Test
    void aWholeBodyAppearsUnderItsName() throws IOException {
        BodySink body = open(directory.resolve("new/one"));
        body.write(new byte[] {1, 2, 3});
        body.finish(true);
        assertEquals(List.of("00001-a"), files(directory.resolve("new/one")));
    }

    @Test
    void aBodyThatIsNotWholeLeavesNothing() throws IOException {
        BodySink body = open(directory);
        body.write(new byte[] {1, 2, 3});
        body.finish(false);
        assertEquals(List.of(), files(directory));
    }

    @Test
    void twoRunsInOneFolderDoNotMixTheirBodies() throws IOException {
        BodySink slow = open(directory);
        slow.write(new byte[] {1, 2});
        BodySink quick = open(directory);
        quick.write(new byte[] {9});
        quick.finish(true);
        assertArrayEquals(new byte[] {9}, Files.readAllBytes(directory.resolve("00001-a")));
        slow.write(new byte[] {3});
        slow.finish(true);
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(directory.resolve("00001-a")));
        assertEquals(List.of("00001-a"), files(directory));
    }

    private static BodySink open(Path directory) throws IOException {
        InputLine line = new InputLine(0, "http://x/a", 1);
        return SavedBodies.open(new SavedBodies(directory, false, false).file(line, Url.of(line.text()), ""));
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
