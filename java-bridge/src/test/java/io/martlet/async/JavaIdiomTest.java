package io.martlet.async;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.cookie.MemoryCookieJar;
import io.martlet.error.ClientException;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever a Java caller can reach is as the JDK's own libraries would have it; what Kotlin compiles to by itself is not. */
class JavaIdiomTest {
    private static final Set<Class<?>> BOXES = Set.of(
            Integer.class,
            Long.class,
            Double.class,
            Boolean.class,
            OptionalInt.class,
            OptionalLong.class,
            Optional.class);

    @Test
    void everyNameCanBeWrittenInJava() {
        assertNone(method -> method.getName().matches(".*[-$].*") && !method.isSynthetic());
    }

    @Test
    void noArgumentHasADefault() {
        assertEquals(
                Set.of(),
                breaches(type -> Stream.<Executable>concat(
                                Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()))
                        .filter(code -> code.getName().endsWith("$default")
                                || Arrays.stream(code.getParameterTypes())
                                        .anyMatch(parameter ->
                                                parameter.getName().endsWith("DefaultConstructorMarker")))));
    }

    @Test
    void nothingIsReachedThroughACompanionOrAFileOfFunctions() {
        assertEquals(
                Set.of(),
                types().filter(type -> type.getName().matches(".*(Kt|\\$Companion|\\$DefaultImpls)")
                                || Arrays.stream(type.getFields())
                                        .anyMatch(field -> field.getName().matches("Companion|INSTANCE")))
                        .map(Class::getName)
                        .collect(toCollection(TreeSet::new)));
    }

    @Test
    void noValueIsADataClass() {
        assertNone(method -> method.getName().matches("component\\d+|copy"));
    }

    @Test
    void accessorsAreNamedAsThoseOfRecords() {
        assertNone(method -> method.getName().matches("get[A-Z]\\w*")
                && method.getParameterCount() == 0
                && !Throwable.class.isAssignableFrom(method.getDeclaringClass()));
    }

    @Test
    void acronymsAreWords() {
        Set<String> shouted = types().map(Class::getSimpleName)
                .filter(name -> name.matches(".*[A-Z]{3}.*"))
                .collect(toCollection(TreeSet::new));

        assertEquals(Set.of(), shouted);
        assertNone(method -> method.getName().matches(".*[A-Z]{2}.*"));
    }

    @Test
    void everyPackageSaysThatNothingIsNull() {
        Set<String> unmarked = types().filter(type -> !type.isAnnotationPresent(kotlin.Metadata.class))
                .map(Class::getPackage)
                .filter(named -> !named.isAnnotationPresent(NullMarked.class))
                .map(Package::getName)
                .collect(toCollection(TreeSet::new));

        assertEquals(Set.of(), unmarked);
    }

    @Test
    void whatCanBeEmptyIsNotNullInstead() {
        assertNone(method -> isEmptyable(method.getReturnType()) && isNullable(method.getAnnotatedReturnType()));
    }

    private static boolean isEmptyable(Class<?> type) {
        return type.isArray()
                || Stream.of(Collection.class, Optional.class, CompletionStage.class, java.util.Map.class)
                        .anyMatch(one -> one.isAssignableFrom(type));
    }

    @Test
    void noArgumentIsABoxOrAnOptional() {
        assertNone(method -> Arrays.stream(method.getParameters())
                .anyMatch(one -> BOXES.contains(one.getType()) && !isNullable(one.getAnnotatedType())));
    }

    @Test
    void noResultHasAWildcard() {
        assertNone(method -> method.getGenericReturnType() instanceof ParameterizedType result
                && !isFunction(result)
                && Arrays.stream(result.getActualTypeArguments()).anyMatch(WildcardType.class::isInstance));
    }

    /** Whatever the JDK declares, and takes, with wildcards. */
    private static boolean isFunction(ParameterizedType type) {
        return type.getRawType().getTypeName().startsWith("java.util.function.");
    }

    @Test
    void functionsOfTheCallersMayTakeMoreAndGiveLess() {
        assertNone(method -> !isOfTheJdk(method)
                && Arrays.stream(method.getGenericParameterTypes())
                        .filter(ParameterizedType.class::isInstance)
                        .map(ParameterizedType.class::cast)
                        .filter(JavaIdiomTest::isFunction)
                        .flatMap(parameter -> Arrays.stream(parameter.getActualTypeArguments()))
                        .anyMatch(argument -> argument instanceof TypeVariable<?>
                                || argument instanceof Class<?> type
                                        && !Modifier.isFinal(type.getModifiers())
                                        && !Reachable.SEAMS.containsKey(type.getName())));
    }

    private static boolean isOfTheJdk(Method method) {
        return Arrays.stream(CompletableFuture.class.getMethods())
                .anyMatch(other -> method.getDeclaringClass() == CancellableFuture.class
                        && other.getName().equals(method.getName())
                        && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()));
    }

    @Test
    void noLambdaFitsTwoOverloads() {
        Set<String> ambiguous = new TreeSet<>();
        types().forEach(type -> {
            List<Method> methods = seen(type).toList();
            for (Method one : methods) {
                methods.stream()
                        .filter(other -> one != other && fitTheSameLambda(one, other))
                        .forEach(other -> ambiguous.add(one.toString()));
            }
        });

        assertEquals(Set.of(), ambiguous);
    }

    private static boolean fitTheSameLambda(Method one, Method other) {
        Class<?>[] left = one.getParameterTypes();
        Class<?>[] right = other.getParameterTypes();
        if (!one.getName().equals(other.getName()) || left.length != right.length) {
            return false;
        }
        boolean isSameElsewhere = IntStream.range(0, left.length)
                .allMatch(i -> left[i] == right[i]
                        || lambdaArity(left[i]) == lambdaArity(right[i]) && lambdaArity(left[i]) >= 0);
        return isSameElsewhere && !Arrays.equals(left, right);
    }

    /** How many arguments a lambda for it has; -1 if there is none. */
    private static int lambdaArity(Class<?> type) {
        List<Method> open = type.isInterface()
                ? Arrays.stream(type.getMethods())
                        .filter(method -> Modifier.isAbstract(method.getModifiers()))
                        .toList()
                : List.of();
        return open.size() == 1 ? open.get(0).getParameterCount() : -1;
    }

    @Test
    void whatHasABuilderGivesItAndHasNoConstructor() {
        Set<String> odd = types().filter(type -> !type.isRecord())
                .filter(type ->
                        builders(type).anyMatch(builder -> !givesA(builder, type)) || hasBuilderAndConstructor(type))
                .map(Class::getName)
                .collect(toCollection(TreeSet::new));

        assertEquals(Set.of(), odd);
    }

    private static Stream<Class<?>> builders(Class<?> type) {
        return Arrays.stream(type.getClasses())
                .filter(nested -> nested.getSimpleName().endsWith("Builder"));
    }

    private static boolean givesA(Class<?> builder, Class<?> type) {
        return Arrays.stream(type.getMethods()).anyMatch(method -> method.getReturnType() == builder);
    }

    private static boolean hasBuilderAndConstructor(Class<?> type) {
        return builders(type).findAny().isPresent()
                && type.getConstructors().length > 0
                && type != MemoryCookieJar.class;
    }

    @Test
    void failuresHaveOneRootWhichIsAnIoException() {
        Set<String> strange = types().filter(Throwable.class::isAssignableFrom)
                .filter(type -> !ClientException.class.isAssignableFrom(type))
                .filter(type -> !IllegalArgumentException.class.isAssignableFrom(type))
                .map(Class::getName)
                .collect(toCollection(TreeSet::new));

        assertEquals(Set.of(), strange);
        assertTrue(IOException.class.isAssignableFrom(ClientException.class));
    }

    @Test
    void methodsThatWaitDeclareWhatTheyThrow() {
        Set<String> undeclared = seen(BlockingSession.class)
                .filter(method -> !Set.of("async", "toString").contains(method.getName()))
                .filter(method -> !declares(method, writesFiles(method) ? IOException.class : ClientException.class))
                .map(Method::toString)
                .collect(toCollection(TreeSet::new));

        assertEquals(Set.of(), undeclared);
    }

    private static boolean declares(Method method, Class<? extends IOException> failure) {
        return Set.of(method.getExceptionTypes()).equals(Set.of(failure, InterruptedException.class));
    }

    /** Which can fail without any fault of HTTP. */
    private static boolean writesFiles(Method method) {
        return List.of(method.getParameterTypes()).contains(Path.class);
    }

    private static void assertNone(Predicate<Method> isBreach) {
        assertEquals(Set.of(), breaches(type -> seen(type).filter(isBreach)));
    }

    private static Set<String> breaches(Function<Class<?>, Stream<? extends Executable>> found) {
        return types().flatMap(found).map(Executable::toString).collect(toCollection(TreeSet::new));
    }

    private static Stream<Class<?>> types() {
        return Reachable.types().stream().filter(type -> !Reachable.SEAMS.containsKey(type.getName()));
    }

    private static Stream<Method> seen(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).filter(Reachable::isSeen);
    }

    private static boolean isNullable(AnnotatedElement element) {
        return element.isAnnotationPresent(Nullable.class);
    }
}
