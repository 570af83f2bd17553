package io.martlet;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds samples/AIOHTTP.md and RELIABILITY.md to what they say: each of their tests is there, and each row has one, or says
 * why not.
 */
class MapsTest {
    private static final List<Path> TESTS = List.of(
            Path.of("src/test"),
            Path.of("../java-bridge/src/test"),
            Path.of("../samples/java-app/src/test"),
            Path.of("../samples/modules/src/test"));

    /** {@code Class.name of the test}, in a code span. */
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.([^`]+)`");

    private static final Pattern FOLDED = Pattern.compile("<details>(.*)</details>");

    @ParameterizedTest
    @ValueSource(strings = {"../samples/AIOHTTP.md", "../RELIABILITY.md"})
    void everyTestItNamesIsThere(Path map) throws IOException {
        Map<String, String> sources = sources();

        String missing = rows(map)
                .flatMap(row -> TEST.matcher(tests(row)).results())
                .filter(test -> !isIn(sources, test))
                .map(MatchResult::group)
                .collect(joining("\n"));

        assertEquals("", missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../samples/AIOHTTP.md", "../RELIABILITY.md"})
    void everyRowHasATestOrIsToCome(Path map) throws IOException {
        List<String> bare = rows(map)
                .filter(row -> !TEST.matcher(tests(row)).find() && !row.contains("| coming |"))
                .toList();

        assertEquals(List.of(), bare);
    }

    @ParameterizedTest
    @CsvSource({"../samples/AIOHTTP.md, 50", "../RELIABILITY.md, 80"})
    void thereAreRows(Path map, int fewest) throws IOException {
        assertTrue(rows(map).count() > fewest);
    }

    @Test
    void everyCaseStandsOnceAndInItsOrder() throws IOException {
        List<String> cases =
                rows(Path.of("../RELIABILITY.md")).map(row -> row.split(" ")[1]).toList();

        assertEquals(cases.stream().distinct().sorted().toList(), cases);
    }

    private static Stream<String> rows(Path map) throws IOException {
        return Files.readAllLines(map).stream()
                .filter(line ->
                        line.startsWith("| ") && !line.startsWith("| aiohttp |") && !line.startsWith("| case |"));
    }

    /** Where its tests stand: in what can be unfolded, or in the last cell. */
    private static String tests(String row) {
        Matcher folded = FOLDED.matcher(row);
        return folded.find() ? folded.group(1) : lastCell(row);
    }

    private static String lastCell(String row) {
        String[] cells = row.split(" \\|", -1);
        return cells[cells.length - 2];
    }

    private static boolean isIn(Map<String, String> sources, MatchResult test) {
        String source = sources.getOrDefault(test.group(1), "");
        return source.contains("fun `" + test.group(2) + "`(") || source.contains("void " + test.group(2) + "(");
    }

    /** The test sources of both modules, and of the samples that show how they are used, by the names of their files. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Path folder : TESTS) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().matches(".*\\.(java|kt)"))
                        .forEach(file -> sources.merge(
                                file.getFileName().toString().replaceFirst("\\.\\w+$", ""),
                                text(file),
                                String::concat));
            }
        }
        return sources;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
