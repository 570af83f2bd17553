package io.martlet.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** No page shows code that is not compiled, a file that is not there, or Python that is none. */
class PagesTest {
    /** Where the code of a language is compiled. */
    private static final Map<String, String> SOURCES = Map.of("kotlin", ".kt", "java", ".java", "xml", "pom.xml");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)|<img src=\"([^\"]+)\"");
    private static final Pattern MODULES = Pattern.compile("mvnw [^`\\n]*-pl ([\\w/,-]+)");
    private static final Pattern PYTHON_CELL =
            Pattern.compile("(?m)^\\| <a id=\"[\\w-]+\"></a>((?:`[^`]*`(?:<br>(?=`))?)+)");

    @ParameterizedTest
    @ValueSource(strings = {"kotlin", "java", "xml"})
    void everyBlockOfCodeIsARunOfLinesThatAreCompiled(String language) throws IOException {
        List<List<String>> sources = sources(SOURCES.get(language));

        List<Pages.Block> uncompiled = Pages.blocks(language::equals).stream()
                .filter(block -> sources.stream().noneMatch(source -> isRunOf(source, block)))
                .toList();

        assertEquals(List.of(), uncompiled);
        assertFalse(Pages.blocks(language::equals).isEmpty());
    }

    @Test
    void everyBlockSaysItsLanguageOrIsADrawing() throws IOException {
        List<String> known = List.of("kotlin", "java", "xml", "python", "sh");

        List<Pages.Block> unknown = Pages.blocks(language -> !known.contains(language)).stream()
                .filter(block -> !block.language().isEmpty()
                        || !block.page().getFileName().toString().equals("ARCHITECTURE.md"))
                .toList();

        assertEquals(List.of(), unknown);
    }

    /** A rule that cannot be broken holds nothing. */
    @ParameterizedTest
    @CsvSource({"'a(); b();', true", "'b();', true", "'a(); c();', false", "'a( );', false"})
    void aBlockWhoseLinesAreNotInARowIsFound(String lines, boolean isCompiled) {
        List<String> source = List.of("    void x() {", "        a();", "        b();", "        // end", "    }");
        String code = lines.replace("; ", ";\n") + "\n";

        assertEquals(isCompiled, isRunOf(source, new Pages.Block(Path.of("x.md"), "java", code)));
    }

    @Test
    void everyFileThatALinkNamesIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path page : Pages.all()) {
            LINK.matcher(Files.readString(page))
                    .results()
                    .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                    .filter(target -> !target.contains("://"))
                    .filter(target -> !Files.exists(page.resolveSibling(target)))
                    .forEach(target -> missing.add(Pages.ROOT.relativize(page) + " → " + target));
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everyModuleThatACommandOfMavenNamesIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path page : Pages.all()) {
            MODULES.matcher(Files.readString(page))
                    .results()
                    .flatMap(modules -> Stream.of(modules.group(1).split(",")))
                    .filter(module -> !Files.exists(Pages.ROOT.resolve(module).resolve("pom.xml")))
                    .forEach(module -> missing.add(Pages.ROOT.relativize(page) + " → " + module));
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void whatIsShownOfPythonIsPython() throws Exception {
        List<String> code = new ArrayList<>();
        Pages.blocks("python"::equals).forEach(block -> code.add(block.code()));
        PYTHON_CELL
                .matcher(Files.readString(Path.of("../AIOHTTP.md")))
                .results()
                .forEach(cell -> code.add(cell.group(1).replace("`<br>`", "\n").replaceAll("^`|`$", "")));
        assertTrue(code.size() > 100, () -> code.size() + " pieces");

        assertEquals("", refusedByPython(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"request.svg", "timeouts.svg", "pool.svg"})
    void aFigureSaysInWordsWhatItShows(String name) throws Exception {
        Element figure = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("figures", name).toFile())
                .getDocumentElement();

        for (String part : List.of("title", "desc", "text")) {
            assertFalse(
                    figure.getElementsByTagName(part).item(0).getTextContent().isBlank(), part);
        }
        assertEquals("title desc", figure.getAttribute("aria-labelledby"));
    }

    private static List<List<String>> sources(String ending) throws IOException {
        List<List<String>> sources = new ArrayList<>();
        for (Path file : Pages.files(name -> name.endsWith(ending))) {
            sources.add(Files.readAllLines(file));
        }
        return sources;
    }

    /** Whether the lines of the block follow each other in the source, all indented further by the same. */
    private static boolean isRunOf(List<String> source, Pages.Block block) {
        List<String> lines = block.code().lines().toList();
        return Stream.iterate(0, start -> start + lines.size() <= source.size(), start -> start + 1)
                .anyMatch(start -> {
                    String run = String.join("\n", source.subList(start, start + lines.size()));
                    return run.stripIndent().stripTrailing().equals(block.code().stripTrailing());
                });
    }

    /** What is no Python inside of a coroutine, with the reason; each piece ends with a NUL. */
    private static String refusedByPython(List<String> code) throws IOException, InterruptedException {
        String script = """
                import ast, sys, textwrap
                for piece in sys.stdin.buffer.read().decode().split("\\0"):
                    try:
                        ast.parse("async def piece():\\n" + textwrap.indent(piece, "    ") + "\\n    pass")
                    except SyntaxError as e:
                        print(piece, e)
                """;
        Process python;
        try {
            python = new ProcessBuilder("python3", "-c", script)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "There is no python3 here, so nobody has looked at what is shown of Python");
            throw e;
        }
        try (var input = python.getOutputStream()) {
            input.write(String.join("\0", code).getBytes(StandardCharsets.UTF_8));
        }
        String refused = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        python.waitFor();
        return refused;
    }
}
