package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages tell people to type is there. */
class DocumentedOptionsTest {
    private static final List<Path> PAGES = List.of(Path.of("../../README.md"), Path.of("../README.md"));

    /** The rest of a command line: {@code ./samples/bin/martlet fetch …}. */
    private static final Pattern LINE = Pattern.compile("martlet (fetch|download|serve|completion)\\b([^`#|\\n]*)");
    /** An option, alone in a code span or with its value. */
    private static final Pattern SPAN = Pattern.compile("`(--?[a-z][\\w-]*)[^`]*`");

    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])(--?[a-zA-Z][\\w-]*)");

    @Test
    void everyOptionOfACommandLineIsOneOfItsCommand() throws IOException {
        Set<String> unknown = new TreeSet<>();
        int lines = 0;
        for (Path page : PAGES) {
            for (MatchResult line :
                    LINE.matcher(Files.readString(page)).results().toList()) {
                lines++;
                Set<String> known = optionsOf(line.group(1));
                options(OPTION, line.group(2))
                        .filter(option -> !known.contains(option))
                        .forEach(unknown::add);
            }
        }
        assertEquals(Set.of(), unknown);
        assertTrue(lines > 5, lines + " lines");
    }

    @Test
    void everyOptionThatTheChapterOfTheCommandNamesIsThere() throws IOException {
        String guide = Files.readString(Path.of("../README.md"));
        String chapter = guide.substring(guide.indexOf("## The command"));
        chapter = chapter.substring(0, chapter.indexOf("\n## ", 1));
        Set<String> known = new TreeSet<>(optionsOf("fetch"));
        known.addAll(optionsOf("download"));

        Set<String> unknown =
                options(SPAN, chapter).filter(option -> !known.contains(option)).collect(Collectors.toSet());

        assertEquals(Set.of(), unknown);
        assertTrue(options(SPAN, chapter).count() > 15);
    }

    /** All that its help names. */
    private static Set<String> optionsOf(String command) {
        return options(OPTION, Cli.run(command, "--help").out()).collect(Collectors.toSet());
    }

    private static Stream<String> options(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1));
    }
}
