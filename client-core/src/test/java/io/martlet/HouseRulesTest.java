package io.martlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the house to its rules, and shows that each of them can be broken. */
class HouseRulesTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(ClientSession.class.getProtectionDomain().getCodeSource().getLocation());

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void theHouseKeepsItsRules(HouseRule rule) {
        rule.rule.check(MAIN);
    }

    @Test
    void theClassesThatAreCheckedAreThoseOfTheHouse() {
        Set<String> packages =
                MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));

        assertTrue(packages.contains("io.martlet.internal.middleware"), packages::toString);
        assertTrue(HouseRule.areJava().test(MAIN.get(Outcome.class)));
        assertFalse(HouseRule.areJava().test(MAIN.get(ClientSession.class)));
        assertFalse(MAIN.contain(HouseRulesTest.class));
    }

    @Test
    void everyImportUpwardIsFound() throws IOException {
        List<String> imports = List.of(
                "io.martlet.http                of io.martlet.engine.Engine",
                "io.martlet.error               of io.martlet.internal.RedirectRules",
                "io.martlet.config              of io.martlet.ktor.KtorEngine",
                "io.martlet.body                of io.martlet.internal.net.Stub",
                "io.martlet.auth                of io.martlet.ClientSession",
                "io.martlet.cookie              of io.martlet.ClientSession",
                "io.martlet.retry               of io.martlet.ClientSession",
                "io.martlet.rate                of io.martlet.ClientSession",
                "io.martlet.trace               of io.martlet.ClientSession",
                "io.martlet.download            of io.martlet.internal.download.Stub",
                "io.martlet.engine              of io.martlet.ClientSession",
                "io.martlet.engine              of io.martlet.internal.wire.Stub",
                "io.martlet.engine              of io.martlet.testing.Stub",
                "io.martlet.internal.http1      of io.martlet.internal.wire.Stub",
                "io.martlet.internal.pool       of io.martlet.internal.wire.Stub",
                "io.martlet.internal.net        of io.martlet.internal.middleware.Redirects",
                "io.martlet.internal.tls        of io.martlet.ClientSession",
                "io.martlet.internal.wire       of io.martlet.internal.middleware.Redirects",
                "io.martlet.internal.wire       of io.martlet.internal.RedirectRules",
                "io.martlet.internal.wire       of io.martlet.ktor.KtorEngine",
                "io.martlet.internal.wire       of io.martlet.ClientSession",
                "io.martlet.ktor                of io.martlet.internal.middleware.Redirects",
                "io.martlet.ktor                of io.martlet.ClientSession",
                "io.martlet.internal            of io.martlet.engine.Engine",
                "io.martlet.internal            of io.martlet.internal.middleware.Redirects",
                "io.martlet.internal.middleware of io.martlet.internal.ItineraryKt",
                "io.martlet.internal.middleware of io.martlet.internal.wire.Stub",
                "io.martlet.internal.middleware of io.martlet.ktor.KtorEngine",
                "io.martlet.internal.middleware of io.martlet.ClientSession",
                "io.martlet.internal.download   of io.martlet.ClientSession",
                "io.martlet.internal.middleware of io.martlet.internal.download.Stub",
                "io.martlet.testing             of io.martlet.ClientSession",
                "io.martlet                     of io.martlet.testing.Stub");

        assertEquals(inLines(fieldsIn(imports)), violations(HouseRule.IMPORTS_RUN_DOWNWARD, importing(imports)));
    }

    @Test
    void noImportDownwardIsRefused() throws IOException {
        List<String> imports = List.of(
                "io.martlet                     of io.martlet.internal.wire.Stub",
                "io.martlet                     of io.martlet.ktor.KtorEngine",
                "io.martlet                     of io.martlet.internal.download.Stub",
                "io.martlet.internal.download   of io.martlet.engine.Engine",
                "io.martlet.internal.middleware of io.martlet.internal.RedirectRules",
                "io.martlet.internal.middleware of io.martlet.engine.Engine",
                "io.martlet.ktor                of io.martlet.internal.wire.Stub",
                "io.martlet.internal.wire       of io.martlet.internal.pool.Stub",
                "io.martlet.internal.tls        of io.martlet.internal.net.Stub",
                "io.martlet.internal.pool       of io.martlet.config.ConnectorConfig",
                "io.martlet.http                of io.martlet.error.ClientException",
                "io.martlet.testing             of io.martlet.engine.Engine");

        assertEquals("", violations(HouseRule.IMPORTS_RUN_DOWNWARD, importing(imports)));
    }

    /** Each class that breaks the rule is a Bad one, each that keeps it a Good one. */
    @ParameterizedTest
    @EnumSource
    void everyBreachOfARuleIsFoundAndNothingElse(HouseRule rule) throws IOException {
        List<String> sources = breaches(rule);
        String bad = namesIn(
                sources.stream().filter(source -> source.contains("Bad")).toList());

        String found = violations(rule, sources);

        assertEquals(bad, namesIn(List.of(found)), found);
        assertFalse(bad.isEmpty());
    }

    private static List<String> breaches(HouseRule rule) {
        return switch (rule) {
            case IMPORTS_RUN_DOWNWARD ->
                List.of("package io.martlet.misc; class Bad1 {}", "package io.martlet; class Good1 {}");
            case KTOR_IS_IMPORTED_IN_KTOR_ONLY ->
                List.of(
                        "package io.martlet; class Bad1 { io.ktor.client.HttpClient it; }",
                        "package io.martlet.internal; class Bad2 { Object it = io.ktor.http.HttpMethod.Companion; }",
                        "package io.martlet.ktor; class Good1 { io.ktor.client.HttpClient it; }");
            case JAVA_KNOWS_NO_COROUTINE ->
                List.of(
                        "package io.martlet.http; class Bad1 { Object it(kotlin.coroutines.Continuation<String> c) { return c; } }",
                        "package io.martlet.internal.net; class Bad2 { Object it = kotlinx.coroutines.Dispatchers.getIO(); }",
                        "package io.martlet.body; @kotlin.Metadata class Good1 { kotlin.coroutines.Continuation<String> it; }");
            case JAVA_SHOWS_NO_KOTLIN ->
                List.of(
                        "package io.martlet.http; public class Bad1 { public kotlin.Unit it() { return null; } }",
                        "package io.martlet.http; public class Bad2 { public void it(java.util.List<kotlin.Unit> it) {} }",
                        "package io.martlet.http; public class Bad3 { protected Bad3(kotlin.time.Duration it) {} }",
                        "package io.martlet.http; public class Bad4 { public kotlin.ranges.IntRange it; }",
                        "package io.martlet.http; public abstract class Bad5 implements kotlin.Lazy<String> {}",
                        "package io.martlet.http; public class Bad6<T extends kotlin.sequences.Sequence<String>> {}",
                        "package io.martlet; public class Bad7 { public void it() throws kotlin.NotImplementedError {} }",
                        "package io.martlet.http; @kotlin.Metadata public class Good1 { public kotlin.Unit it; }",
                        "package io.martlet.http; public class Good2 { kotlin.Unit it; private kotlin.Unit it() { return it; } }");
            case API_SHOWS_NOTHING_INTERNAL ->
                List.of(
                        "package io.martlet; public class Bad1 { public io.martlet.internal.RedirectRules it; }",
                        "package io.martlet.ktor; public class Bad2 { public Bad2(io.martlet.internal.RedirectRules it) {} }",
                        "package io.martlet.engine; public interface Bad3 { io.martlet.internal.RedirectRules[] it(); }",
                        "package io.martlet.body; public class Bad4 { public <T extends io.martlet.internal.RedirectRules> void it() {} }",
                        "package io.martlet; public class Good1 { io.martlet.internal.RedirectRules it; }",
                        "package io.martlet; class Good2 { public io.martlet.internal.RedirectRules it; }",
                        "package io.martlet.internal.pool; public class Good3 { public io.martlet.internal.RedirectRules it; }");
            case LOGS_GO_TO_SLF4J ->
                List.of(
                        "package io.martlet.http; class Bad1 { Object it = java.util.logging.Level.INFO; }",
                        "package io.martlet.http; class Good1 { org.slf4j.Logger it; }");
            case NOTHING_IS_PRINTED ->
                List.of(
                        "package io.martlet.http; class Bad1 { void it() { System.out.println(); } }",
                        "package io.martlet.http; class Bad2 { Object it = System.err; }",
                        "package io.martlet.http; class Bad3 { void it(Exception e) { e.printStackTrace(); } }",
                        "package io.martlet.http; class Good1 { long it = System.nanoTime(); }");
            case NOTHING_SLEEPS ->
                List.of(
                        "package io.martlet.http; class Bad1 { void it() throws Exception { Thread.sleep(1); } }",
                        "package io.martlet.http; class Bad2 { void it() throws Exception { Thread.sleep(1, 1); } }",
                        "package io.martlet.http; class Bad3 { void it() throws Exception { java.util.concurrent.TimeUnit.DAYS.sleep(1); } }",
                        "package io.martlet.http; class Good1 { void it() { Thread.onSpinWait(); } }");
            case NO_LOCALE_IS_ASKED ->
                List.of(
                        "package io.martlet.http; class Bad1 { String it = String.format(\"%d\", 1); }",
                        "package io.martlet.http; class Bad2 { String it = \"%d\".formatted(1); }",
                        "package io.martlet.http; class Bad3 { String it(String it) { return it.toLowerCase(); } }",
                        "package io.martlet.http; class Bad4 { String it(String it) { return it.toUpperCase(); } }",
                        "package io.martlet.http; class Good1 { String it = String.format(java.util.Locale.ROOT, \"%d\", 1); }",
                        "package io.martlet.http; class Good2 { String it(String it) { return it.toLowerCase(java.util.Locale.ROOT); } }");
            case NAMES_TELL_THE_ROLE ->
                List.of(
                        "package io.martlet.http; class Outer { static class BadManager {} }",
                        "package io.martlet.http; class BadHelper {}",
                        "package io.martlet.http; class BadUtils {}",
                        "package io.martlet.http; class BadUtilsKt {}",
                        "package io.martlet.http; class BadBase {}",
                        "package io.martlet.http; class BadImpl {}",
                        "package io.martlet.http; class GoodBaseUrl {}");
        };
    }

    /** A class for each line "package of type", with a field of that type; types called Stub are made too. */
    private static List<String> importing(List<String> imports) {
        Stream<String> stubs = imports.stream()
                .map(line -> line.split(" +of "))
                .filter(parts -> parts[1].endsWith(".Stub"))
                .map(parts -> "package " + parts[1].replace(".Stub", "") + "; public class Stub {}")
                .distinct();
        Stream<String> importers = IntStream.range(0, imports.size()).mapToObj(i -> {
            String[] parts = imports.get(i).split(" +of ");
            return "package " + parts[0] + "; class It" + i + " { " + parts[1] + " it; }";
        });
        return Stream.concat(stubs, importers).toList();
    }

    private static Stream<String> fieldsIn(List<String> imports) {
        return IntStream.range(0, imports.size()).mapToObj(i -> {
            String[] parts = imports.get(i).split(" +of ");
            return "Field <" + parts[0] + ".It" + i + ".it> has type <" + parts[1] + "> in (It" + i + ".java:0)";
        });
    }

    private String violations(HouseRule rule, List<String> sources) throws IOException {
        JavaSources.compile(folder, sources);
        JavaClasses classes = new ClassFileImporter().importPath(folder);
        return inLines(rule.rule.evaluate(classes).getFailureReport().getDetails().stream());
    }

    private static String inLines(Stream<String> lines) {
        return lines.sorted().collect(Collectors.joining("\n"));
    }

    private static String namesIn(List<String> texts) {
        return Pattern.compile("\\b(?:Bad|Good)\\w+")
                .matcher(String.join("\n", texts))
                .results()
                .map(MatchResult::group)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
