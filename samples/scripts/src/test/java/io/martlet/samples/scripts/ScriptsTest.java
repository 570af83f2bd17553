package io.martlet.samples.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.martlet.samples.demo.DemoServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each script as a process, started as {@code samples/bin/martlet} starts it. */
class ScriptsTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    private Path directory;

    private static DemoServer server;

    private record Result(int exitCode, String out, String err) {}

    @BeforeAll
    static void start() {
        server = DemoServer.start(0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theJavaScriptPrintsFiveTitles() throws Exception {
        Result result = run("", JAVA, "-cp", CLASS_PATH, "Titles.java", server.baseUrl());
        assertTitles(result);
    }

    @Test
    void theJavaScriptSaysOfEachPostWhyItIsNotThere() throws Exception {
        Result result = run("", JAVA, "-cp", CLASS_PATH, "Titles.java", server.baseUrl() + "status/500/");
        assertEquals(0, result.exitCode(), result.err());
        assertEquals(5, result.out().lines().count(), result.out());
        assertTrue(result.out().lines().allMatch(line -> line.startsWith("- GET http://")), result.out());
    }

    @Test
    void theKotlinScriptPrintsFiveTitles() throws Exception {
        String plugins = Arrays.stream(CLASS_PATH.split(File.pathSeparator))
                .filter(jar -> jar.contains("/kotlin-scripting-") || jar.contains("/kotlin-serialization-compiler"))
                .collect(Collectors.joining(","));
        List<String> command = new ArrayList<>(List.of(JAVA, "-cp", CLASS_PATH));
        command.addAll(List.of("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", "-Xplugin=" + plugins));
        command.addAll(List.of("-jvm-target", "17", "-no-stdlib", "-no-reflect", "-cp", CLASS_PATH));
        command.addAll(List.of("-script", "titles.kts", server.baseUrl()));
        assertTitles(run("", command.toArray(String[]::new)));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void thePipelineCountsStatuses() throws Exception {
        makeCommand();
        String base = server.baseUrl();
        String urls = base + "get\n" + base + "get?\"status\":7,\"reason\"\n" + base
                + "status/404\nhttp://127.0.0.1:1/\n" + base + "status/404\n" + base + "get\n";
        Result result = run(urls, "./statuses.sh");
        assertEquals("3 200\n2 404\n1 null\n", result.out());
        assertEquals(0, result.exitCode());
        assertEquals("", result.err());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theStartOfTheCommandIsComparedWithThatOfAiohttp() throws Exception {
        String python = "/usr/bin/python3";
        assumeTrue(Files.isExecutable(Path.of(python)), "there is no " + python);
        assumeTrue(run("", python, "-c", "import aiohttp").exitCode() == 0, "there is no aiohttp");
        makeCommand();
        Result result = run("", python, "start-up.py", "1");
        assertEquals(0, result.exitCode(), result.err());
        String line = "  martlet \\d+\\.\\d{3}  aiohttp \\d+\\.\\d{3}  ratio \\d+\\.\\d{2}\n";
        assertTrue(result.out().matches("wall s" + line + "CPU s " + line), result.out());
    }

    /** A command that needs no build. */
    private void makeCommand() throws IOException {
        Path martlet = Files.writeString(
                directory.resolve("martlet"),
                "#!/bin/sh\nexec '" + JAVA + "' -cp '" + CLASS_PATH + "' io.martlet.samples.fetch.Main \"$@\"\n");
        assertTrue(martlet.toFile().setExecutable(true));
    }

    private static void assertTitles(Result result) {
        assertEquals(0, result.exitCode(), result.err());
        List<String> lines = result.out().lines().toList();
        assertEquals(5, lines.size(), result.out());
        for (int i = 0; i < lines.size(); i++) {
            assertTrue(lines.get(i).matches((i + 1) + " [a-z ]+"), lines.get(i));
        }
    }

    private Result run(String input, String... command) throws IOException, InterruptedException {
        Path in = Files.writeString(directory.resolve("in"), input);
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectInput(in.toFile()).redirectError(err.toFile());
        builder.environment().put("MARTLET", directory.resolve("martlet").toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }
}
