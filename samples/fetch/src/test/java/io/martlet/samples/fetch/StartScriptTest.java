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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code samples/bin/martlet} in a checkout that has nothing but sources, with a Maven and a Java that pretend. */
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {
    private static final Path SCRIPT =
            Path.of("../bin/martlet").toAbsolutePath().normalize();

    private static final String MAVEN = """
        #!/bin/sh
        echo "$PWD $*" >> builds
        for name in fetch benchmarks guide-java guide-kotlin scripts; do
            mkdir -p samples/$name/target/lib/compiler
            touch samples/$name/target/lib/compiler/kotlin-scripting-x.jar
            touch samples/$name/target/martlet-$name.jar samples/$name/target/lib/a.jar samples/$name/target/lib/b.jar
        done
        if [ -f fails ]; then echo 'no such symbol'; exit 1; fi
        """;

    /** Tells its version when asked, makes an archive when asked, otherwise tells its arguments, one a line. */
    private static final String JAVA = """
        #!/bin/sh
        if [ "$1" = -XshowSettings:properties ]; then echo "    java.specification.version = %s" >&2; exit; fi
        for option do
            case $option in
                -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*)
                    echo "$option" >>"${0%%/*}/archives"
                    if [ ! -f "${0%%/*}/fails" ]; then echo archive >"${option#*=}"; fi
                    exit
                    ;;
            esac
        done
        printf '%%s\\n' "$@"
        exit 42
        """;

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();

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
                "samples/guide-kotlin",
                "samples/scripts")) {
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
        assertTrue(
                args.contains(target("martlet-fetch.jar") + ":" + target("lib/a.jar") + ":" + target("lib/b.jar")),
                result.out());
        assertEquals(
                List.of(root + " -q -DskipTests -Dspotless.check.skip=true -pl samples/fetch -am package"), builds());
    }

    @Test
    void anArchiveIsMadeOnceForEachJvmAndEachBuild() throws Exception {
        String used = "-XX:SharedArchiveFile=" + archive("jdk");
        assertTrue(run("fetch").out().lines().toList().contains(used));
        assertTrue(run("fetch").out().lines().toList().contains(used));
        assertEquals(List.of("-XX:ArchiveClassesAtExit=" + archive("jdk") + ".new"), archives("jdk"));

        executable(directory.resolve("jdk25/bin/java"), JAVA.formatted("25"));
        assertTrue(runOn("jdk25", "fetch").out().lines().toList().contains("-XX:AOTCache=" + archive("jdk25")));
        run("fetch");
        assertEquals(1, archives("jdk").size());

        Files.delete(Path.of(archive("jdk")));
        run("fetch");
        assertEquals(2, archives("jdk").size());

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        run("fetch");
        assertEquals(3, archives("jdk").size());
    }

    @Test
    void anotherJvmUnderTheSameNameGetsAnotherArchive() throws Exception {
        Path release = directory.resolve("jdk/release");
        Files.writeString(release, "JAVA_RUNTIME_VERSION=\"17.0.1+1\"\n");
        run("fetch");
        run("fetch");
        Files.writeString(release, "JAVA_RUNTIME_VERSION=\"17.0.2+1\"\n");
        run("fetch");
        assertEquals(2, archives("jdk").size());
    }

    @Test
    void withoutAnArchiveTheCommandRunsAllTheSame() throws Exception {
        Files.createFile(directory.resolve("jdk/bin/fails"));
        Result result = run("fetch");
        assertEquals(42, result.exitCode());
        assertFalse(result.out().contains("Archive"), result.out());
        run("fetch");
        assertEquals(1, archives("jdk").size());
    }

    @Test
    void whereNothingCanBeWrittenTheCommandRunsWithWhatIsThere() throws Exception {
        run("fetch");
        Path folder = root.resolve("samples/fetch/target/jvm");
        Files.move(folder, folder.resolveSibling("aside"));
        Files.createFile(folder);
        Result result = run("fetch");
        assertEquals("", result.err());
        assertEquals(42, result.exitCode());
        assertFalse(result.out().contains("Archive"), result.out());
        assertTrue(result.out().contains(target("lib/a.jar")), result.out());
    }

    @Test
    void aMovedCheckoutHasAnotherClassPath() throws Exception {
        run("fetch");
        Path moved = root.resolveSibling("moved");
        Files.move(root, moved);
        root = moved;
        assertTrue(run("fetch").out().contains(target("lib/a.jar")));
        assertEquals(2, archives("jdk").size());
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
        Result kotlin = run("guide", "first-get", "--kotlin", "--base-url", "http://a/");
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
    void helpOfWhatLiesInAModuleOfItsOwnIsAskedThere() throws Exception {
        assertTrue(run("help", "guide").out().endsWith("\nio.martlet.samples.guide.Guide\n--help\n"));
        assertTrue(run("help", "fetch").out().endsWith("\nio.martlet.samples.fetch.Main\nhelp\nfetch\n"));
        assertTrue(run("script", "--help").out().endsWith("\nio.martlet.samples.fetch.Main\nscript\n--help\n"));
    }

    @Test
    void aScriptIsCompiledWithTheLibrariesOfScripts() throws Exception {
        Files.createFile(directory.resolve("a b.java"));
        Files.createFile(directory.resolve("a.kts"));
        String libraries = root.resolve("samples/scripts/target") + "/";
        String classPath = libraries + "martlet-scripts.jar:" + libraries + "lib/a.jar:" + libraries + "lib/b.jar";
        Result java = run("script", "a b.java", "--help");
        assertTrue(java.out().endsWith("\n-cp\n" + classPath + "\na b.java\n--help\n"), java.out());
        Result kotlin = run("script", "a.kts", "x");
        String compiler = libraries + "lib/compiler/kotlin-scripting-x.jar";
        assertTrue(kotlin.out().startsWith("-cp\n" + compiler + ":" + classPath + "\n"), kotlin.out());
        assertTrue(kotlin.out().contains("\n-Xplugin=" + compiler + "\n"), kotlin.out());
        assertTrue(kotlin.out().endsWith("\n-cp\n" + classPath + "\n-script\na.kts\nx\n"), kotlin.out());
    }

    @Test
    void aScriptIsNoFileOfArguments() throws Exception {
        Files.createFile(directory.resolve("@a.java"));
        Files.createFile(directory.resolve("@a.kts"));
        assertTrue(run("script", "@a.java").out().endsWith("\n./@a.java\n"));
        assertTrue(run("script", "@a.kts").out().endsWith("\n-script\n./@a.kts\n"));
    }

    @Test
    void aCommaThatNoOptionOfKotlinsCompilerHoldsIsTold() throws Exception {
        Files.createFile(directory.resolve("a.kts"));
        Path moved = root.resolveSibling("check,out");
        Files.move(root, moved);
        root = moved;
        Result result = run("script", "a.kts");
        assertEquals(3, result.exitCode());
        assertTrue(result.err().contains("There is a comma in " + root), result.err());
        assertEquals(42, run("fetch").exitCode());
    }

    @ParameterizedTest
    @CsvSource({"C, C.UTF-8", "POSIX, C.UTF-8", "de_DE.ISO-8859-1, de_DE.ISO-8859-1", "C.UTF-8, C.UTF-8"})
    void argumentsAreReadAsUtf8WhereNoCharsetIsNamed(String locale, String given) throws Exception {
        String java = JAVA.formatted("17").replace("\"$@\"\nexit", "\"$LC_ALL\"\nexit");
        executable(directory.resolve("jdk/bin/java"), java);
        environment.put("LC_ALL", locale);
        assertEquals(given + "\n", run("fetch").out());
    }

    @Test
    void whatIsNoScriptIsRefused() throws Exception {
        Files.createFile(directory.resolve("a.txt"));
        for (String file : List.of("a.txt", "nosuch.java")) {
            Result result = run("script", file);
            assertEquals(2, result.exitCode());
            assertTrue(result.err().contains("'" + file + "'"), result.err());
        }
        assertFalse(Files.exists(root.resolve("builds")));
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
        return runOn("jdk", args);
    }

    private Result runOn(String jdk, String... args) throws IOException, InterruptedException {
        return finish(start(jdk, root.resolve("samples/bin/martlet"), List.of(args)));
    }

    private Process start(Path script, List<String> args) throws IOException {
        return start("jdk", script, args);
    }

    private Process start(String jdk, Path script, List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("JAVA_HOME", directory.resolve(jdk).toString());
        List<String> others = List.of("MARTLET_MVN", "MARTLET_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
        builder.environment().keySet().removeAll(others);
        builder.environment().putAll(environment);
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

    private List<String> archives(String jdk) throws IOException {
        return Files.readAllLines(directory.resolve(jdk).resolve("bin/archives"));
    }

    private String archive(String jdk) {
        String java = directory.resolve(jdk).resolve("bin/java").toString();
        return target("jvm/" + java.substring(1).replace('/', '-')) + ".archive";
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
