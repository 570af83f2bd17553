package io.martlet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles what a test writes. */
final class JavaSources {
    private static final Pattern TYPE = Pattern.compile("package (\\S+);.*?(?:class|interface) (\\w+).*");

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private JavaSources() {}

    /** Compiles {@code sources} against this JVM's class path into {@code folder}. */
    static void compile(Path folder, List<String> sources) throws IOException {
        List<Source> units = sources.stream().map(Source::new).toList();
        FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
        StringWriter errors = new StringWriter();
        boolean compiled = COMPILER.getTask(errors, FILES, null, List.of("-proc:none"), null, units)
                .call();
        assertTrue(compiled, errors::toString);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String code) {
            super(URI.create("memory:///" + path(code)), JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        private static String path(String code) {
            Matcher type = TYPE.matcher(code);
            assertTrue(type.matches(), code);
            return type.group(1).replace('.', '/') + "/" + type.group(2) + ".java";
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
