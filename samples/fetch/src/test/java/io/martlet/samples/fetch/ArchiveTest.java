package io.martlet.samples.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.demo.DemoServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code samples/bin/martlet} with what the tests run with as its build, and the JVM that runs them. */
@DisabledOnOs(OS.WINDOWS)
class ArchiveTest {
    @TempDir
    private static Path directory;

    private static Path root;
    private static DemoServer server;

    private record Result(int exitCode, String out, String err) {}

    @BeforeAll
    static void makeCheckout() throws IOException {
        server = DemoServer.start(0);
        root = directory.toRealPath().resolve("checkout");
        Path libraries = Files.createDirectories(root.resolve("samples/fetch/target/lib"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (path.endsWith(Path.of("fetch", "target", "classes"))) {
                jar(path, root.resolve("samples/fetch/target/martlet-fetch.jar"));
            } else if (path.endsWith("classes")) {
                jar(
                        path,
                        libraries.resolve(
                                "module-" + path.getParent().getParent().getFileName() + ".jar"));
            } else if (Files.isRegularFile(path)) {
                Files.copy(path, libraries.resolve(path.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.createFile(root.resolve("samples/fetch/target/martlet.stamp"));
        Files.createDirectories(root.resolve("samples/bin"));
        Files.copy(Path.of("../bin/martlet"), root.resolve("samples/bin/martlet"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anArchiveIsMadeWithTheFirstUseAndDoesNoHarmWhenItIsBroken() throws Exception {
        assertFetches("");
        Path archive = archive();
        assertTrue(Files.size(archive) > 0);
        Result traced = run("-Xlog:class+load:stdout", "fetch", server.baseUrl() + "get");
        assertTrue(
                traced.out().lines().anyMatch(line -> line.contains("io.martlet.http.Url source: shared objects file")),
                traced.out());

        byte[] bytes = Files.readAllBytes(archive);
        Files.write(writable(archive), Arrays.copyOf(bytes, bytes.length / 2));
        assertFetches("");
        assertTrue(Files.size(archive) > bytes.length / 2);
        long size = Files.size(archive);
        Files.write(writable(archive), new byte[(int) size]);
        assertFetches("");
        assertFetches("-XX:+UseParallelGC");
    }

    private static void assertFetches(String options) throws IOException, InterruptedException {
        Result result = run(options, "fetch", server.baseUrl() + "get");
        assertEquals("", result.err());
        assertEquals(0, result.exitCode());
        assertTrue(result.out().startsWith("  #  status "), result.out());
    }

    private static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("samples/fetch/target/jvm"))) {
            return files.filter(file -> file.toString().endsWith(".archive"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Path writable(Path file) {
        assertTrue(file.toFile().setWritable(true));
        return file;
    }

    private static void jar(Path classes, Path jar) {
        ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
        assertEquals(0, tool.run(System.out, System.err, "cf", jar.toString(), "-C", classes.toString(), "."));
    }

    private static Result run(String options, String... args) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("samples/bin/martlet").toString()));
        command.addAll(List.of(args));
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MARTLET_JAVA_OPTS", options);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }
}
