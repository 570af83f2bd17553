package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.fetch.output.Streams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class QuickArgumentsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fetch http://a/",
                "fetch -c 20 http://a/ http://b/",
                "fetch http://a/ -c 20 --fail-fast http://b/",
                "fetch -i - --format jsonl",
                "fetch --input=urls.txt --format=csv",
                "fetch -H A:1 --header B:2 --header=C:3 -b a=b=c http://a/",
                "fetch --timeout 1.5 --read-timeout=0 --retries 3 --retry-on 503,timeout http://a/",
                "fetch -u me:a=b --digest --tls-min 1.2 --pin p --pin q -k http://a/",
                "fetch -d @file -X PUT --har= http://a/",
                "fetch --dry-run --limit-per-host 0 http://a/"
            })
    void whatIsUsualIsReadAsPicocliReadsIt(String line) throws Exception {
        String[] args = line.split(" ");
        FetchCommand quick = command();
        assertTrue(QuickArguments.apply(quick, args));
        FetchCommand careful = command();
        new CommandLine(careful).setExpandAtFiles(false).parseArgs(Arrays.copyOfRange(args, 1, args.length));
        assertEquals(values(careful, ""), values(quick, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fetch",
                "serve --port 0",
                "fetch --help",
                "fetch --nosuch http://a/",
                "fetch http://a/ -c",
                "fetch -c20 http://a/",
                "fetch -c twenty http://a/",
                "fetch -c 010 http://a/",
                "fetch -c 99999999999 http://a/",
                "fetch -kv http://a/",
                "fetch -k -k http://a/",
                "fetch -c 1 -c 2 http://a/",
                "fetch --digest=true http://a/",
                "fetch --json -5 http://a/",
                "fetch --timeout soon http://a/",
                "fetch -- http://a/",
                "fetch -"
            })
    void whatIsNotIsLeftToPicocli(String line) {
        assertFalse(QuickArguments.apply(command(), line.split(" ")));
    }

    private static FetchCommand command() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new FetchCommand(new Streams(InputStream.nullInputStream(), nowhere, nowhere, 0, 0));
    }

    /** All that can be set by arguments, with its value. */
    private static Map<String, String> values(Object holder, String path) throws IllegalAccessException {
        Map<String, String> values = new TreeMap<>();
        List<Field> fields = new ArrayList<>();
        for (Class<?> type = holder.getClass(); type != Object.class; type = type.getSuperclass()) {
            fields.addAll(List.of(type.getDeclaredFields()));
        }
        for (Field field : fields) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            field.setAccessible(true);
            if (field.isAnnotationPresent(Option.class) || field.isAnnotationPresent(Parameters.class)) {
                values.put(path + field.getName(), String.valueOf(field.get(holder)));
            } else if (field.isAnnotationPresent(Mixin.class) || field.isAnnotationPresent(ArgGroup.class)) {
                values.putAll(values(field.get(holder), path + field.getName() + "."));
            }
        }
        return values;
    }
}
