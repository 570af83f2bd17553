package io.martlet.samples.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.async.AsyncSession;
import io.martlet.http.ClientResponse;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every type that Java is meant to use is used by a chapter: what no program has a use for, nobody has tried. */
class EveryTypeTest {
    @Test
    void everyPublicTypeIsUsedBySomeSample() throws Exception {
        Set<String> unused = publicTypes();
        unused.removeAll(usedTypes());

        assertEquals(Set.of(), unused);
    }

    @Test
    void theTypesOfBothModulesAreAmongThoseLookedFor() throws Exception {
        Set<String> all = publicTypes();

        assertTrue(all.containsAll(Set.of(
                "io.martlet.async.AsyncSession",
                "io.martlet.async.AsyncMiddleware$Next",
                "io.martlet.http.ClientResponse",
                "io.martlet.trace.TraceEvent$Started")));
    }

    @Test
    void noSampleReachesInsideOrKnowsKotlin() throws Exception {
        Set<String> strange = usedTypes().stream()
                .filter(name -> name.matches("(kotlinx?|io\\.ktor|io\\.martlet\\.(async\\.)?internal)\\..*"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of(), strange);
    }

    @Test
    void theProjectHasNothingOfKotlinAndNoParentToGetItFrom() throws Exception {
        String project = Files.readString(Path.of("pom.xml"));

        assertFalse(project.contains("<parent>"));
        assertFalse(project.matches("(?s).*(org\\.jetbrains|kotlin-).*"));
    }

    /** What the chapters are compiled to names these. */
    private static Set<String> usedTypes() throws Exception {
        Set<String> used = new TreeSet<>();
        for (Path file : classFiles(origin(JavaApp.class))) {
            used.addAll(ClassNames.in(Files.readAllBytes(file)));
        }
        return used;
    }

    /** The public types of the bridge and the core that are written in Java, nested ones included. */
    private static Set<String> publicTypes() throws Exception {
        Set<String> types = new TreeSet<>();
        for (Class<?> one : List.of(AsyncSession.class, ClientResponse.class)) {
            Path origin = origin(one);
            if (Files.isDirectory(origin)) {
                types.addAll(publicTypesIn(origin));
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(origin)) {
                    types.addAll(publicTypesIn(jar.getPath("/")));
                }
            }
        }
        return types;
    }

    private static Set<String> publicTypesIn(Path root) throws Exception {
        Set<String> types = new TreeSet<>();
        for (Path file : classFiles(root)) {
            String name = root.relativize(file)
                    .toString()
                    .replace(file.getFileSystem().getSeparator(), ".");
            Class<?> type = Class.forName(
                    name.substring(0, name.length() - ".class".length()), false, EveryTypeTest.class.getClassLoader());
            if (isForCallers(type)) {
                types.add(type.getName());
            }
        }
        return types;
    }

    private static List<Path> classFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !root.relativize(file).toString().contains("internal"))
                    .filter(file -> !file.getFileName().toString().matches("(package|module)-info\\.class"))
                    .toList();
        }
    }

    private static boolean isForCallers(Class<?> type) {
        if (isKotlin(type) || !Modifier.isPublic(type.getModifiers()) || type.isAnonymousClass()) {
            return false;
        }
        Class<?> outer = type.getDeclaringClass();
        return outer == null || isForCallers(outer);
    }

    private static boolean isKotlin(Class<?> type) {
        return Arrays.stream(type.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(annotation -> annotation.getName().equals("kotlin.Metadata"));
    }

    private static Path origin(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
