package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "fetch --retry, --retry-on",
        "fetch --connect-t, --connect-timeout",
        "serve --p, --port",
        "gui, guide",
        "comp, completion"
    })
    void bashCompletes(String begun, String completed) throws Exception {
        int last = begun.split(" ").length;
        String ask =
                "COMP_WORDS=(martlet " + begun + "); COMP_CWORD=" + last + "; _complete_martlet; echo ${COMPREPLY[@]}";
        assertEquals(completed + "\n", asked("bash", "", ask));
    }

    @ParameterizedTest
    @CsvSource({"fetch --retry, --retry-on", "serve --p, --port"})
    void zshIsOfferedWhatItChoosesFrom(String begun, String completed) throws Exception {
        int last = begun.split(" ").length;
        // As bashcompinit calls it: with words that are counted from 0.
        String ask = "emulate -L ksh; COMP_WORDS=(martlet " + begun + "); COMP_CWORD=" + last
                + "; _complete_martlet; echo ${COMPREPLY[@]}; echo ${_comps[martlet]%% *}";
        String[] answer =
                asked("zsh", "autoload -U compinit && compinit -D -u; ", ask).split("\n");
        assertTrue(List.of(answer[0].split(" ")).contains(completed), answer[0]);
        assertEquals("_bash_complete", answer[1]);
    }

    private String asked(String shell, String before, String ask) throws Exception {
        Optional<Path> program = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, shell))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "there is no " + shell + " here");
        Path script = Files.writeString(
                directory.resolve("completion"), Cli.run("completion").out());
        Process process = new ProcessBuilder(
                        program.orElseThrow().toString(), "-c", before + "source '" + script + "'; " + ask)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out;
    }
}
