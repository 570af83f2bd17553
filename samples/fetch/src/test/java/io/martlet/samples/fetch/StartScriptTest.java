package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code samples/bin/martlet} in a checkout that has nothing but sources, with a Maven and a Java that pretend. */
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {
    private static final Path SCRIPT =
            Path.of("../bin/martlet").toAbsolutePath().normalize();

    private static final String MAVEN = """
            #!/bin/sh
            echo "$PWD $*" >> builds
            for name in fetch benchmarks guide-java guide-kotlin; do
                mkdir -p samples/$name/target/lib
                touch samples/$name/target/martlet-$name.jar
            done
            if [ -f fails ]; then echo 'no such symbol'; exit 1; fi
            """;

    /** Tells its version when asked, otherwise its arguments, one a line. */
    private static final String JAVA = """
        #!/bin/sh
        if [ "$1" = -XshowSettings:properties ]; then echo "    java.specification.version = %s" >&2; exit; fi
        printf '%%s\\n' "$@"
        exit 42
        """;

    @TempDir
    private Path directory;

    private Path root;
    private Path source;

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void makeCheckout() throws IOException {
        root = directory.toRealPath().resolve("a check out");
        for (String module : List.of(
                "client-core",
                "java-bridge",
                "samples/demo-server",
                "samples/fetch",
                "samples/benchmarks",
                "samples/guide",
                "samples/guide-java",
                "samples/guide-kotlin")) {
            Files.createDirectories(root.resolve(module).resolve("src/main/java"));
            Files.createFile(root.resolve(module).resolve("pom.xml"));
        }
        source = Files.createFile(root.resolve("client-core/src/main/java/A.java"));
        Files.createDirectories(root.resolve("samples/bin"));
        Files.copy(SCRIPT, root.resolve("samples/bin/martlet"));
        executable(root.resolve("mvnw"), MAVEN);
        executable(directory.resolve("jdk/bin/java"), JAVA.formatted("17"));
    }

    @Test
    void theFirstUseBuildsAndRunsWithTheArgumentsAsTheyAre() throws Exception {
        Result result = run("fetch", "a b", "*");
        assertEquals(42, result.exitCode());
        assertEquals("Building Martlet (first use)…\n", result.err());
        List<String> args = result.out().lines().toList();
        assertEquals(
                List.of("io.martlet.samples.fetch.Main", "fetch", "a b", "*"),
                args.subList(args.size() - 4, args.size()));
        assertTrue(args.contains(target("martlet-fetch.jar") + ":" + target("lib/*")), result.out());
        assertEquals(
                List.of(root + " -q -DskipTests -Dspotless.check.skip=true -pl samples/fetch -am package"), builds());
    }

    @Test
    void benchIsBuiltForItselfWhenItIsAskedFor() throws Exception {
        run("fetch");
        Result result = run("bench", "--quick");
        assertEquals("Building Martlet (first use)…\n", result.err());
        assertTrue(result.out().endsWith("\nio.martlet.samples.bench.Main\n--quick\n"), result.out());
        assertEquals(
                root + " -q -DskipTests -Dspotless.check.skip=true -pl samples/benchmarks -am package",
                builds().get(1));
    }

    @Test
    void guideIsBuiltInTheLanguageThatIsAskedFor() throws Exception {
        Result java = run("guide", "first-get");
        assertTrue(java.out().endsWith("\nio.martlet.samples.guide.Guide\nfirst-get\n"), java.out());
        Result kotlin = run("guide", "--kotlin", "first-get", "--base-url", "http://a/");
        assertTrue(
                kotlin.out().endsWith("\nio.martlet.samples.guide.Guide\nfirst-get\n--base-url\nhttp://a/\n"),
                kotlin.out());
        assertEquals(
                List.of(
                        root + " -q -DskipTests -Dspotless.check.skip=true -pl samples/guide-java -am package",
                        root + " -q -DskipTests -Dspotless.check.skip=true -pl samples/guide-kotlin -am package"),
                builds());
        assertEquals("", run("guide", "--java").err());
    }

    @Test
    void theGuideIsBuiltAgainWhenWhatStartsItChanged() throws Exception {
        run("guide");
        Files.setLastModifiedTime(
                Files.createFile(root.resolve("samples/guide/src/main/java/B.java")),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertEquals("Building Martlet (sources changed)…\n", run("guide").err());
    }

    @Test
    void nothingIsBuiltWhenNothingChanged() throws Exception {
        run();
        assertEquals("", run().err());
        assertEquals(1, builds().size());
    }

    @Test
    void aNewerSourceIsBuilt() throws Exception {
        run();
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertEquals("Building Martlet (sources changed)…\n", run().err());
        assertEquals(2, builds().size());
    }

    @Test
    void aSourceThatIsGoneIsAReasonToBuild() throws Exception {
        run();
        Files.delete(source);
        Files.setLastModifiedTime(
                source.getParent(), FileTime.from(Instant.now().plusSeconds(60)));
        run();
        assertEquals(2, builds().size());
    }

    @Test
    void aBuildThatFailsShowsItsLogAndIsTriedAgain() throws Exception {
        Files.createFile(root.resolve("fails"));
        Result result = run();
        assertEquals(3, result.exitCode());
        assertTrue(result.err().contains("no such symbol\nmartlet: The build failed"), result.err());
        assertEquals("", result.out());
        Files.delete(root.resolve("fails"));
        assertEquals(42, run().exitCode());
    }

    @Test
    void firstUsesAtTheSameTimeBuildOnce() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            processes.add(start(root.resolve("samples/bin/martlet"), List.of()));
        }
        for (Process process : processes) {
            assertEquals(42, finish(process).exitCode());
        }
        assertEquals(1, builds().size());
    }

    @Test
    void linksLeadToTheCheckout() throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("martlet"), Path.of("../a check out/samples/bin/martlet"));
        Path link = Files.createSymbolicLink(directory.resolve("m"), bin.resolve("martlet"));
        assertEquals(42, finish(start(link, List.of())).exitCode());
        assertEquals(1, builds().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "1.8"})
    void anOldJavaIsRefused(String version) throws Exception {
        executable(directory.resolve("jdk/bin/java"), JAVA.formatted(version));
        Result result = run();
        assertEquals(3, result.exitCode());
        assertTrue(result.err().contains("A JDK 17 or newer is needed"), result.err());
        assertFalse(Files.exists(root.resolve("builds")));
    }

    @Test
    void aJavaHomeWithoutJavaIsRefused() throws Exception {
        Files.delete(directory.resolve("jdk/bin/java"));
        Result result = run();
        assertEquals(3, result.exitCode());
        assertTrue(result.err().contains("JAVA_HOME is " + directory.resolve("jdk")), result.err());
    }

    private Result run(String... args) throws IOException, InterruptedException {
        return finish(start(root.resolve("samples/bin/martlet"), List.of(args)));
    }

    private Process start(Path script, List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        builder.environment().keySet().removeAll(List.of("MARTLET_MVN", "MARTLET_JAVA_OPTS"));
        return builder.start();
    }

    private static Result finish(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, err);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(root.resolve("builds"));
    }

    private String target(String file) {
        return root.resolve("samples/fetch/target") + "/" + file;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertTrue(file.toFile().setExecutable(true));
    }
}
