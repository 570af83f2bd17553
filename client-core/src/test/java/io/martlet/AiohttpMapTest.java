package io.martlet;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds samples/AIOHTTP.md to what it says: each of its tests is there, and each row has one, or says why not. */
class AiohttpMapTest {
    private static final Path MAP = Path.of("../samples/AIOHTTP.md");

    /** {@code Class.name of the test}, in a code span. */
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.([^`]+)`");

    @Test
    void everyTestItNamesIsThere() throws IOException {
        Map<String, String> sources = sources();

        String missing = rows().flatMap(row -> TEST.matcher(lastCell(row)).results())
                .filter(test -> !isIn(sources, test))
                .map(MatchResult::group)
                .collect(joining("\n"));

        assertEquals("", missing);
    }

    @Test
    void everyRowHasATestOrIsToCome() throws IOException {
        List<String> bare = rows().filter(row -> !TEST.matcher(lastCell(row)).find() && !row.contains("| coming |"))
                .toList();

        assertEquals(List.of(), bare);
    }

    @Test
    void thereAreRows() throws IOException {
        assertTrue(rows().count() > 50);
    }

    private static Stream<String> rows() throws IOException {
        return Files.readAllLines(MAP).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| aiohttp |"));
    }

    private static String lastCell(String row) {
        String[] cells = row.split(" \\|", -1);
        return cells[cells.length - 2];
    }

    private static boolean isIn(Map<String, String> sources, MatchResult test) {
        String source = sources.getOrDefault(test.group(1), "");
        return source.contains("fun `" + test.group(2) + "`(") || source.contains("void " + test.group(2) + "(");
    }

    /** The test sources by the names of their files. */
    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test"))) {
            return files.filter(file -> file.toString().matches(".*\\.(java|kt)"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replaceFirst("\\.\\w+$", ""),
                            AiohttpMapTest::text,
                            String::concat));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
