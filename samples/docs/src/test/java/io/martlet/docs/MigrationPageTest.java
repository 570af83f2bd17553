package io.martlet.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds samples/AIOHTTP.md to the code that is compiled, and run by {@link RowsContract}. A row begins with
 * {@code <a id="name"></a>}: its second and third cell are what is called {@code name} in Kotlin and in Java. A block
 * with {@code <!-- code: name -->} above it is that. With {@code -Dmartlet.write=true} the page is written anew.
 */
class MigrationPageTest {
    private static final Path PAGE = Path.of("../AIOHTTP.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| <a id=\"([\\w-]+)\"></a>.*$");
    private static final Pattern BLOCK = Pattern.compile("<!-- code: ([\\w-]+) -->\n```(kotlin|java)\n(?s:.*?)```");
    /** Between two cells; the bars of code have a backslash in front. */
    private static final Pattern BAR = Pattern.compile(" (?<!\\\\)\\| ?");

    private static Regions kotlin;
    private static Regions java;

    @BeforeAll
    static void readTheSources() throws IOException {
        kotlin = Regions.in(Path.of("src/test/kotlin"));
        java = Regions.in(Path.of("src/test/java"));
    }

    @Test
    void thePageShowsWhatIsCompiled() throws IOException {
        String page = Files.readString(PAGE);

        String rows = ROW.matcher(page).replaceAll(row -> quoted(withCode(row)));
        String due = BLOCK.matcher(rows).replaceAll(block -> quoted(withCode(block, block.group(2))));

        if (Boolean.getBoolean("martlet.write")) {
            Files.writeString(PAGE, due);
        } else {
            assertEquals(due, page, "-Dmartlet.write=true writes the page anew");
        }
    }

    @Test
    void thePageShowsAllOfIt() throws IOException {
        String page = Files.readString(PAGE);
        List<String> shown = Stream.of(ROW, BLOCK)
                .flatMap(pattern -> pattern.matcher(page).results())
                .map(found -> found.group(1))
                .distinct()
                .sorted()
                .toList();

        assertEquals(shown, kotlin.names());
        assertEquals(shown, java.names());
    }

    private static String withCode(MatchResult row) {
        String[] cells = BAR.split(row.group(), -1);
        assertEquals(4, cells.length, () -> "aiohttp, Kotlin, Java: " + row.group());
        cells[1] = kotlin.cell(row.group(1));
        cells[2] = java.cell(row.group(1));
        return String.join(" | ", cells).stripTrailing();
    }

    private static String withCode(MatchResult block, String language) {
        String code = (language.equals("kotlin") ? kotlin : java).code(block.group(1));
        return "<!-- code: " + block.group(1) + " -->\n```" + language + "\n" + code + "```";
    }

    private static String quoted(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }
}
