package io.martlet.samples.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void theSampleRunsOnTheModulePath() throws IOException, InterruptedException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        modulePath(),
                        // Martlet is an automatic module: it cannot say that it needs those of Kotlin, which are not.
                        "--add-modules",
                        "ALL-MODULE-PATH",
                        "--module",
                        "io.martlet.samples.modules/io.martlet.samples.modules.Lines")
                .redirectErrorStream(true)
                .start();
        try {
            String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertEquals(List.of("module io.martlet.async", "one", "two"), withoutWarnings(printed));
            assertEquals(0, java.waitFor());
        } finally {
            java.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Newer JDKs warn of what libraries below us do with native code. */
    private static List<String> withoutWarnings(String printed) {
        return printed.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("WARNING: "))
                .toList();
    }

    /** All that the sample needs, without its tests and theirs. */
    private static String modulePath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !isForTests(Path.of(entry).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isForTests(String file) {
        return Stream.of("test-classes", "junit", "opentest4j", "apiguardian", "surefire")
                .anyMatch(file::contains);
    }
}
