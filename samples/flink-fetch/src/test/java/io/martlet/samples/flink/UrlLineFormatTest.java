package io.martlet.samples.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlLineFormatTest {
    private static final int MAX = UrlLineFormat.MAX_LINE_CHARS;

    @TempDir
    Path folder;

    @Test
    void blankLinesAndCommentsAreLeftOut() throws IOException {
        assertEquals(List.of("a", "b # b"), lines("\n# a\n  a \n\t\n #b\r\n\tb # b\r\n\n"));
    }

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        assertEquals(List.of("a", "b"), lines("a\nb"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        assertEquals(List.of("a", "\ufeffb"), lines("\ufeffa\n\ufeffb\n"));
    }

    @Test
    void anEmptyFileHasNoLine() throws IOException {
        assertEquals(List.of(), lines(""));
    }

    @Test
    void aLineIsTakenUpToOneCharacterMoreThanThereMayBe() throws IOException {
        String longest = "x".repeat(MAX);

        assertEquals(
                List.of(longest, longest + "x", longest + " ", "b"),
                lines(longest + "\n" + longest + "xyz\n" + longest + "  y\nb"));
    }

    private List<String> lines(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("urls.txt"), text);
        org.apache.flink.core.fs.Path path = new org.apache.flink.core.fs.Path(file.toUri());
        List<String> lines = new ArrayList<>();
        try (StreamFormat.Reader<String> reader = new UrlLineFormat()
                .createReader(new Configuration(), path.getFileSystem().open(path))) {
            for (String line = reader.read(); line != null; line = reader.read()) {
                lines.add(line);
            }
        }
        return lines;
    }
}
