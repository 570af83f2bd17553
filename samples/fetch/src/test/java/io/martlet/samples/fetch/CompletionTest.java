package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
    @Test
    void bashCompletesAnOption(@TempDir Path directory) throws Exception {
        Path bash = Path.of("/bin/bash");
        assumeTrue(Files.isExecutable(bash), "there is no bash here");
        Path script = Files.writeString(
                directory.resolve("martlet.bash"), Cli.run("completion").out());
        String ask = "source '" + script + "'; COMP_WORDS=(martlet fetch --retry); COMP_CWORD=2; "
                + "_complete_martlet; echo ${COMPREPLY[@]}";
        Process process = new ProcessBuilder(bash.toString(), "-c", ask).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertEquals("--retry-on\n", out);
    }
}
