package io.martlet.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No comment of the API shows code that is not compiled in {@link ApiExamples} or {@code KotlinApiExamples}. */
class ApiExamplesTest {
    private static final List<Pattern> EXAMPLES = List.of(
            Pattern.compile("\\* <pre>\\{@code\\n(.*?)\\* }</pre>", Pattern.DOTALL),
            Pattern.compile("\\* ```\\w*\\n(.*?)\\* ```", Pattern.DOTALL));

    @Test
    void everyExampleOfTheApiIsCompiled() throws IOException {
        String compiled = dense(Files.readString(Path.of("src/test/java/io/martlet/docs/ApiExamples.java")))
                + dense(Files.readString(Path.of("src/test/kotlin/io/martlet/docs/KotlinApiExamples.kt")));
        List<String> examples = examples();

        List<String> uncompiled = examples.stream()
                .filter(example -> !compiled.contains(dense(example)))
                .toList();

        assertEquals(List.of(), uncompiled);
        assertTrue(examples.size() > 10, examples::toString);
    }

    /** Those of all comments, at each blank line begun anew. */
    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        for (Path source : Pages.files(name -> name.endsWith(".java") || name.endsWith(".kt"))) {
            if (source.toString().replace('\\', '/').contains("/src/main/")
                    && !source.startsWith(Pages.ROOT.resolve("samples"))) {
                String text = Files.readString(source);
                EXAMPLES.stream()
                        .flatMap(pattern -> pattern.matcher(text).results())
                        .map(found -> found.group(1).replaceAll("(?m)^ *\\* ?", ""))
                        .flatMap(example -> Arrays.stream(example.split("\\n\\s*\\n")))
                        .forEach(examples::add);
            }
        }
        return examples;
    }

    /** Without blanks, comments, and what ends a statement in one language only. */
    private static String dense(String code) {
        return code.replaceAll("(?m)(?<!:)//.*$", "").replaceAll("[\\s;]", "");
    }
}
