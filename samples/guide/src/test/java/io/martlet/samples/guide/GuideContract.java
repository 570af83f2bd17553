package io.martlet.samples.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.error.ClientException;
import io.martlet.samples.demo.DemoServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the guide is like in either language, and what its recipes do against the demo server: where the two differ, one of
 * them is wrong. Inherited by a test of each language, which says where the recipes are.
 */
public abstract class GuideContract extends RecipesContract {
    private static final int MAX_LINES = 60;

    @TempDir
    private static Path directory;

    private final Path sources;
    private DemoCertificates certificates;
    private DemoServer server;

    /** @param sources the folder of the sources of this language, the package of the guide in it */
    protected GuideContract(Path sources) {
        this.sources = sources.resolve("io/martlet/samples/guide");
    }

    @BeforeAll
    void start() throws Exception {
        certificates = DemoCertificates.make(directory);
        server = DemoServer.start(0);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    String url() {
        return server.baseUrl();
    }

    @Override
    void comment(Recipe recipe, List<String> lines) throws IOException {
        List<String> shown = source(recipe)
                .skip(1)
                .takeWhile(line -> line.startsWith("//   "))
                .map(line -> line.substring("//   ".length()).replace("http://127.0.0.1:8080/", url()))
                .toList();
        assertLinesMatch(lines, shown, recipe.title());
    }

    @Test
    void thereIsOneRecipeForEachName() throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            Set<String> names = files.filter(Files::isRegularFile)
                    .map(file -> sources.relativize(file).toString().replaceFirst("\\.\\w+$", ""))
                    .map(path -> path.replace('\\', '/').replace('/', '.'))
                    .collect(Collectors.toSet());
            assertEquals(Arrays.stream(Recipe.values()).map(Recipe::path).collect(Collectors.toSet()), names);
        }
    }

    @Test
    void everyRecipeIsShortAndBeginsWithWhatItPrintsAndItsMain() throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                List<String> lines = Files.readAllLines(file);
                assertTrue(lines.size() <= MAX_LINES, file + " has " + lines.size() + " lines");
                String text = String.join("\n", lines);
                assertTrue(text.startsWith("// Prints:\n//   "), file + " does not say what it prints");
                int main = text.indexOf(" main(");
                assertTrue(main > 0, file + " has no main");
                assertTrue(
                        !text.substring(0, main).contains("private static "), file + " does not begin with its main");
            }
        }
    }

    @Test
    void everyMainIsOneThatTheJvmStarts() throws Exception {
        for (Recipe recipe : Recipe.values()) {
            assertEquals(
                    void.class, recipe.main().getMethod("main", String[].class).getReturnType(), recipe.title());
        }
    }

    @Test
    void theIndexNamesEachRecipeWithItsSentence() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../README.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" | [Java]")))
                .toList();
        assertEquals(
                Arrays.stream(Recipe.values())
                        .map(recipe -> "| `" + recipe.title() + "` | " + recipe.sentence())
                        .toList(),
                rows);
    }

    @Test
    void theIndexAndTheListHaveTheSameChapters() throws IOException {
        List<String> headings = Arrays.stream(Recipe.values())
                .map(recipe -> "## " + Guide.HEADINGS.get(recipe.chapter()))
                .distinct()
                .toList();
        assertEquals(
                headings,
                Files.readAllLines(Path.of("../README.md")).stream()
                        .filter(headings::contains)
                        .toList());
    }

    @Test
    void everyRecipeAnswersAnExampleOfATutorial() throws IOException {
        String index = Files.readString(Path.of("../README.md"));
        int start = index.indexOf("\n## From the tutorials");
        String table = index.substring(start, index.indexOf("\n## ", start + 1));
        Set<String> named = Pattern.compile("`([a-z-]+)`")
                .matcher(table.replaceAll("(?m)^\\|[^|]*\\||^[^|].*$", ""))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Arrays.stream(Recipe.values()).map(Recipe::title).collect(Collectors.toCollection(TreeSet::new)),
                named);
    }

    /** Whoever adds a leaf to the tree of errors has to show how it comes about. */
    @Test
    void everyLeafOfTheTreeOfErrorsIsProvoked() throws Exception {
        Set<String> provoked = new TreeSet<>();
        for (Recipe recipe : Recipe.values()) {
            if (recipe.title().startsWith("errors-of-")) {
                output(recipe, url()).forEach(line -> provoked.add(line.split(" ")[0]));
            }
        }
        Set<String> missing = new TreeSet<>();
        leaves(ClientException.class).map(Class::getSimpleName).forEach(missing::add);
        assertTrue(missing.size() > 20, () -> "these cannot be all leaves: " + missing);
        missing.removeAll(provoked);
        assertEquals(Set.of(), missing);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(GuideContract::leaves)
                : Stream.of(type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nope                                              | there is no recipe nope; martlet guide lists them
            first-get --scala                                 | there is no option --scala
            first-get --base-url                              | --base-url needs a URL
            --base-url http://127.0.0.1:1/                    | the NAME of a recipe is missing
            first-get --base-url there                        | --base-url is 'there'; it must begin with http:// or https://
            client-certificate --base-url https://127.0.0.1:1 | client-certificate needs files besides --base-url: CA.pem CLIENT.pem CLIENT.key
            """)
    void whatMakesNoSenseIsToldInALine(String words, String reason) throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(2, Guide.run(List.of(words.split(" ")), new PrintStream(err, true, UTF_8)));
        assertEquals(
                "martlet guide: " + reason,
                err.toString(UTF_8).lines().findFirst().orElseThrow());
    }

    @Test
    void aRecipeWhoseServerIsNotThereSaysSoInALine() throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> words = List.of("first-get", "--base-url", "http://127.0.0.1:1");
        assertEquals(1, Guide.run(words, new PrintStream(err, true, UTF_8)));
        assertLinesMatch(
                List.of("martlet guide: first-get failed with a ConnectorException: Cannot connect to 127.0.0.1:1.*"),
                err.toString(UTF_8).lines().toList());
    }

    @ParameterizedTest
    @CsvSource({"MANY_AT_ONCE, 5", "BOUNDED, 10", "BATCHES_OF_FIVE, 5", "AGGREGATOR, 5", "SCRAPER, 3"})
    void asManyAreAskedForAtOnceAsItSays(Recipe recipe, int atOnce) throws Exception {
        try (HoldingServer holding = HoldingServer.start(number -> atOnce)) {
            output(recipe, holding.baseUrl());
            assertEquals(atOnce, Collections.max(holding.atOnce()));
        }
    }

    @Test
    void twentyAreAskedForOneByOneAndThenAllAtOnce() throws Exception {
        try (HoldingServer holding = HoldingServer.start(number -> number < 20 ? 1 : 20)) {
            output(Recipe.SEQUENTIAL_AND_CONCURRENT, holding.baseUrl());
            List<Integer> expected = new ArrayList<>(Collections.nCopies(20, 1));
            IntStream.rangeClosed(1, 20).forEach(expected::add);
            assertEquals(expected, holding.atOnce());
        }
    }

    @Test
    void theLimitForAHostIsReached() throws Exception {
        try (HoldingServer holding = HoldingServer.start(number -> number < 20 ? 5 : 1)) {
            assertEquals(
                    List.of(
                            "five to a host: 20 responses over 5 connections",
                            "none kept: 20 responses over 20 connections"),
                    output(Recipe.CONNECTION_POOL, holding.baseUrl()));
            assertEquals(5, Collections.max(holding.atOnce().subList(0, 20)));
        }
    }

    @Test
    void theLimitOfConnectionsIsReached() throws Exception {
        try (HoldingServer holding = HoldingServer.start(number -> number < 200 ? 10 : 1)) {
            List<String> lines = output(Recipe.TOO_MANY_AT_ONCE, holding.baseUrl());
            assertEquals("200 of 200 over 10 connections", lines.get(0));
            assertEquals(10, Collections.max(holding.atOnce()));
        }
    }

    @Test
    void customCa() throws Exception {
        assertPrintsOverTls(Recipe.CUSTOM_CA, "without it: TlsException", "with it: 200");
    }

    @Test
    void clientCertificate() throws Exception {
        assertPrintsOverTls(Recipe.CLIENT_CERTIFICATE, "without it: TlsException", "with it: 200");
    }

    @Test
    void verificationOff() throws Exception {
        assertPrintsOverTls(Recipe.VERIFICATION_OFF, "whoever it was said 200");
    }

    private Stream<String> source(Recipe recipe) throws IOException {
        Path folder = sources.resolve(recipe.chapter());
        String name = recipe.path().substring(recipe.path().indexOf('.'));
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(path -> ("." + path.getFileName()).startsWith(name + "."))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(file).stream();
        }
    }

    private void assertPrintsOverTls(Recipe recipe, String... lines) throws Exception {
        try (DemoServer secure = certificates.serve(recipe.server())) {
            List<String> arguments = new ArrayList<>(List.of(secure.baseUrl()));
            certificates.forClients().forEach(file -> arguments.add(file.toString()));
            assertEquals(List.of(lines), output(recipe, arguments.toArray(String[]::new)));
            comment(recipe, List.of(lines));
        }
    }
}
