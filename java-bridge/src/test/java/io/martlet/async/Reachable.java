package io.martlet.async;

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
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a Java caller can reach from this face, through the signatures of what is public. */
final class Reachable {
    /** What callers in Java hand over but do not call, and why they see it. */
    static final Map<String, String> SEAMS = Map.of(
            "io.martlet.engine.Engine", "made by an EngineFactory, of Engines or for tests a ScriptedEngine",
            "io.martlet.engine.Middleware", "written in Kotlin, and handed over; Java writes an AsyncMiddleware",
            "io.martlet.body.BodySource",
                    "opened by RequestBody.source and SourceBody; Java has stream, channel and publisher");

    /** Looked for once: that takes as long as all that is asked of them. */
    private static final Set<Class<?>> TYPES = Collections.unmodifiableSet(findTypes());

    private Reachable() {}

    /** The public types of the face, and all of ours that their public signatures lead to. */
    static Set<Class<?>> types() {
        return TYPES;
    }

    private static Set<Class<?>> findTypes() {
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

    static Stream<Class<?>> signatures(Class<?> type) {
        Stream<Type> supertypes = Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()));
        Stream<Type> members = Stream.of(
                        type.getDeclaredMethods(), type.getDeclaredConstructors(), type.getDeclaredFields())
                .flatMap(Arrays::stream)
                .filter(member -> isSeen((Member) member))
                .flatMap(Reachable::typesOf);
        Stream<Type> nested = Arrays.stream(type.getClasses());
        return Stream.of(supertypes, members, nested).flatMap(all -> all).flatMap(Reachable::classes);
    }

    static boolean isSeen(Member member) {
        return !member.isSynthetic()
                && (Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()));
    }

    private static Stream<Type> typesOf(Object member) {
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
                    Arrays.stream(generic.getActualTypeArguments()).flatMap(Reachable::classes));
        }
        if (type instanceof WildcardType wildcard) {
            return Stream.of(wildcard.getUpperBounds(), wildcard.getLowerBounds())
                    .flatMap(Arrays::stream)
                    .flatMap(Reachable::classes);
        }
        return type instanceof GenericArrayType array ? classes(array.getGenericComponentType()) : Stream.empty();
    }
}
