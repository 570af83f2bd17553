package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a Java caller can reach from this face, through the signatures of what is public, has nothing of Kotlin in it. */
class VisibleTypesTest {
    private static final List<String> HIDDEN = List.of("kotlin.", "kotlinx.", "io.ktor.");

    /** What callers in Java hand over but do not call, and why they see it. */
    private static final Map<String, String> SEAMS = Map.of(
            "io.martlet.engine.Engine", "made by an EngineFactory, of Engines or for tests a ScriptedEngine",
            "io.martlet.engine.Middleware", "written in Kotlin, and handed over; Java writes an AsyncMiddleware",
            "io.martlet.body.BodySource",
                    "opened by RequestBody.source and SourceBody; Java has stream, channel and publisher");

    @Test
    void nothingThatCanBeReachedShowsATypeOfKotlin() {
        Set<String> shown = new TreeSet<>();
        for (Class<?> type : reachable()) {
            if (!SEAMS.containsKey(type.getName())) {
                signatures(type)
                        .filter(VisibleTypesTest::isHidden)
                        .forEach(hidden -> shown.add(type.getName() + " shows " + hidden.getName()));
            }
        }

        assertEquals(Set.of(), shown);
    }

    @Test
    void theValuesOfTheCoreAreAmongWhatIsReached() {
        Set<String> names = new TreeSet<>();
        reachable().forEach(type -> names.add(type.getName()));

        assertTrue(
                names.containsAll(Set.of("io.martlet.http.ClientResponse", "io.martlet.config.TlsConfig")),
                names::toString);
        assertTrue(names.containsAll(SEAMS.keySet()), names::toString);
    }

    /** The public types of the face, and all of ours that their public signatures lead to. */
    private static Set<Class<?>> reachable() {
        Set<Class<?>> seen = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
        Deque<Class<?>> left = new ArrayDeque<>(face());
        while (!left.isEmpty()) {
            Class<?> type = left.pop();
            boolean isOurs = type.getName().startsWith("io.martlet.");
            if (isOurs && seen.add(type) && !SEAMS.containsKey(type.getName())) {
                signatures(type).forEach(left::push);
            }
        }
        return seen;
    }

    private static List<Class<?>> face() {
        return new ClassFileImporter(List.of(new DoNotIncludeTests()))
                .importPackages("io.martlet.async").stream()
                        .filter(type -> type.getPackageName().equals("io.martlet.async"))
                        .<Class<?>>map(JavaClass::reflect)
                        .filter(type -> Modifier.isPublic(type.getModifiers()))
                        .toList();
    }

    private static boolean isHidden(Class<?> type) {
        return HIDDEN.stream().anyMatch(type.getName()::startsWith);
    }

    private static Stream<Class<?>> signatures(Class<?> type) {
        Stream<Type> supertypes = Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()));
        Stream<Type> members = Stream.of(
                        type.getDeclaredMethods(), type.getDeclaredConstructors(), type.getDeclaredFields())
                .flatMap(Arrays::stream)
                .filter(member -> isSeen((Member) member))
                .flatMap(VisibleTypesTest::types);
        Stream<Type> nested = Arrays.stream(type.getClasses());
        return Stream.of(supertypes, members, nested).flatMap(all -> all).flatMap(VisibleTypesTest::classes);
    }

    private static boolean isSeen(Member member) {
        return !member.isSynthetic()
                && (Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()));
    }

    private static Stream<Type> types(Object member) {
        if (member instanceof Field field) {
            return Stream.of(field.getGenericType());
        }
        Executable code = (Executable) member;
        Stream<Type> result = code instanceof java.lang.reflect.Method method
                ? Stream.of(method.getGenericReturnType())
                : Stream.empty();
        return Stream.of(
                        result, Arrays.stream(code.getGenericParameterTypes()), Arrays.stream(code.getExceptionTypes()))
                .flatMap(all -> all);
    }

    private static Stream<Class<?>> classes(Type type) {
        if (type instanceof Class<?> one) {
            return Stream.of(one.isArray() ? one.getComponentType() : one);
        }
        if (type instanceof ParameterizedType generic) {
            return Stream.concat(
                    classes(generic.getRawType()),
                    Arrays.stream(generic.getActualTypeArguments()).flatMap(VisibleTypesTest::classes));
        }
        if (type instanceof WildcardType wildcard) {
            return Stream.of(wildcard.getUpperBounds(), wildcard.getLowerBounds())
                    .flatMap(Arrays::stream)
                    .flatMap(VisibleTypesTest::classes);
        }
        return type instanceof GenericArrayType array ? classes(array.getGenericComponentType()) : Stream.empty();
    }
}
