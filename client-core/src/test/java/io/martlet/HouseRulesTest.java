package io.martlet;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of the house that a compiler does not check; ARCHITECTURE.md says why. */
class HouseRulesTest {
    private static final String[] VALUES = {
        "io.martlet.http..",
        "io.martlet.error..",
        "io.martlet.config..",
        "io.martlet.body..",
        "io.martlet.auth..",
        "io.martlet.cookie..",
        "io.martlet.retry..",
        "io.martlet.rate..",
        "io.martlet.trace.."
    };
    private static final DescribedPredicate<JavaClass> ITINERARY = describe(
            "the itinerary",
            c -> c.getPackageName().equals("io.martlet.internal")
                    && c.getSimpleName().startsWith("Itinerary"));
    private static final DescribedPredicate<JavaClass> DECISIONS =
            resideInAPackage("io.martlet.internal").and(DescribedPredicate.not(ITINERARY));
    private static final DescribedPredicate<JavaClass> JAVA =
            describe("written in Java", c -> !c.isAnnotatedWith("kotlin.Metadata"));

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.martlet");

    enum Rule {
        /**
         * Layers may be empty, and are held to this from the day they exist. Those above the seam know no engine, and
         * no engine knows what is above the seam.
         */
        IMPORTS_RUN_DOWNWARD(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("testing")
                .definedBy("io.martlet.testing..")
                .layer("root")
                .definedBy("io.martlet")
                .layer("itinerary")
                .definedBy(ITINERARY)
                .layer("middleware")
                .definedBy("io.martlet.internal.middleware..")
                .layer("decisions")
                .definedBy(DECISIONS)
                .layer("ktor")
                .definedBy("io.martlet.ktor..")
                .layer("wire")
                .definedBy("io.martlet.internal.wire..")
                .layer("parts")
                .definedBy(
                        "io.martlet.internal.http1..",
                        "io.martlet.internal.pool..",
                        "io.martlet.internal.net..",
                        "io.martlet.internal.tls..")
                .layer("engine")
                .definedBy("io.martlet.engine..")
                .layer("values")
                .definedBy(resideInAnyPackage(VALUES))
                .whereLayer("testing")
                .mayOnlyAccessLayers("engine", "values")
                .whereLayer("root")
                .mayOnlyAccessLayers(
                        "itinerary", "middleware", "decisions", "ktor", "wire", "parts", "engine", "values")
                .whereLayer("itinerary")
                .mayOnlyAccessLayers("middleware", "decisions", "engine", "values")
                .whereLayer("middleware")
                .mayOnlyAccessLayers("decisions", "engine", "values")
                .whereLayer("decisions")
                .mayOnlyAccessLayers("values")
                .whereLayer("ktor")
                .mayOnlyAccessLayers("wire", "parts", "engine", "values")
                .whereLayer("wire")
                .mayOnlyAccessLayers("parts", "engine", "values")
                .whereLayer("parts")
                .mayOnlyAccessLayers("engine", "values")
                .whereLayer("engine")
                .mayOnlyAccessLayers("values")
                .whereLayer("values")
                .mayNotAccessAnyLayer()
                .ensureAllClassesAreContainedInArchitecture()),

        KTOR_IS_IMPORTED_IN_KTOR_ONLY(noClasses()
                .that()
                .resideOutsideOfPackage("io.martlet.ktor..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.ktor..")),

        JAVA_KNOWS_NO_COROUTINE(noClasses()
                .that(JAVA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kotlinx.coroutines..", "kotlin.coroutines..")),

        JAVA_SHOWS_NO_KOTLIN(classes().that(JAVA).should(new ShowNothingOf("kotlin..", "kotlinx.."))),

        /** A member that is internal in Kotlin is public here, and held to the same. */
        API_SHOWS_NOTHING_INTERNAL(classes()
                .that()
                .resideOutsideOfPackage("io.martlet.internal..")
                .should(new ShowNothingOf("io.martlet.internal.."))),

        LOGS_GO_TO_SLF4J(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..")),

        NOTHING_IS_PRINTED(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS),

        NOTHING_SLEEPS(noClasses().should().callMethodWhere(describe("sleep", Rule::isSleep))),

        NAMES_TELL_THE_ROLE(noClasses().should().haveNameMatching(".*(Manager|Helper|Utils|Base|Impl)(Kt)?"));

        private final ArchRule rule;

        Rule(ArchRule rule) {
            this.rule = rule.allowEmptyShould(true);
        }

        private static boolean isSleep(JavaMethodCall call) {
            JavaClass owner = call.getTargetOwner();
            return call.getName().equals("sleep")
                    && (owner.isAssignableTo(Thread.class) || owner.isAssignableTo(TimeUnit.class));
        }
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void theHouseKeepsItsRules(Rule rule) {
        rule.rule.check(MAIN);
    }

    @Test
    void theClassesThatAreCheckedAreThere() {
        Set<String> packages =
                MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));

        assertTrue(packages.contains("io.martlet.internal.middleware"), packages::toString);
        assertTrue(MAIN.contain(ClientSession.class) && MAIN.contain(Outcome.class), packages::toString);
        assertTrue(JAVA.test(MAIN.get(Outcome.class)) && !JAVA.test(MAIN.get(ClientSession.class)));
    }

    /** What stands on the right is stubbed where it does not exist yet. */
    @ParameterizedTest
    @CsvSource({
        "io.martlet.http,                io.martlet.engine.Engine",
        "io.martlet.error,               io.martlet.internal.RedirectRules",
        "io.martlet.config,              io.martlet.ktor.KtorEngine",
        "io.martlet.body,                io.martlet.internal.net.Stub",
        "io.martlet.auth,                io.martlet.ClientSession",
        "io.martlet.cookie,              io.martlet.ClientSession",
        "io.martlet.retry,               io.martlet.ClientSession",
        "io.martlet.rate,                io.martlet.ClientSession",
        "io.martlet.trace,               io.martlet.ClientSession",
        "io.martlet.engine,              io.martlet.ClientSession",
        "io.martlet.engine,              io.martlet.internal.wire.Stub",
        "io.martlet.internal.http1,      io.martlet.internal.wire.Stub",
        "io.martlet.internal.pool,       io.martlet.internal.wire.Stub",
        "io.martlet.internal.net,        io.martlet.internal.middleware.Redirects",
        "io.martlet.internal.tls,        io.martlet.ClientSession",
        "io.martlet.internal.wire,       io.martlet.internal.middleware.Redirects",
        "io.martlet.internal.wire,       io.martlet.internal.RedirectRules",
        "io.martlet.internal.wire,       io.martlet.ktor.KtorEngine",
        "io.martlet.internal.wire,       io.martlet.ClientSession",
        "io.martlet.ktor,                io.martlet.internal.middleware.Redirects",
        "io.martlet.ktor,                io.martlet.ClientSession",
        "io.martlet.internal,            io.martlet.engine.Engine",
        "io.martlet.internal,            io.martlet.internal.middleware.Redirects",
        "io.martlet.internal.middleware, io.martlet.internal.ItineraryKt",
        "io.martlet.internal.middleware, io.martlet.internal.wire.Stub",
        "io.martlet.internal.middleware, io.martlet.ktor.KtorEngine",
        "io.martlet.internal.middleware, io.martlet.ClientSession",
        "io.martlet.testing,             io.martlet.ClientSession",
        "io.martlet,                     io.martlet.testing.Stub",
        "io.martlet.engine,              io.martlet.testing.Stub",
    })
    void anImportUpwardIsFound(String from, String to) throws IOException {
        String found = violations(Rule.IMPORTS_RUN_DOWNWARD, stub(to), source(from, "class Bad { " + to + " it; }"));

        assertEquals("Field <" + from + ".Bad.it> has type <" + to + "> in (Bad.java:0)", found);
    }

    @ParameterizedTest
    @CsvSource({
        "io.martlet,                     io.martlet.internal.wire.Stub",
        "io.martlet,                     io.martlet.ktor.KtorEngine",
        "io.martlet.internal.middleware, io.martlet.internal.RedirectRules",
        "io.martlet.internal.middleware, io.martlet.engine.Engine",
        "io.martlet.ktor,                io.martlet.internal.wire.Stub",
        "io.martlet.internal.wire,       io.martlet.internal.pool.Stub",
        "io.martlet.internal.tls,        io.martlet.internal.net.Stub",
        "io.martlet.internal.pool,       io.martlet.config.ConnectorConfig",
        "io.martlet.http,                io.martlet.error.ClientException",
        "io.martlet.testing,             io.martlet.engine.Engine",
    })
    void anImportDownwardIsFine(String from, String to) throws IOException {
        assertEquals(
                "", violations(Rule.IMPORTS_RUN_DOWNWARD, stub(to), source(from, "class Good { " + to + " it; }")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            IMPORTS_RUN_DOWNWARD          | io.martlet.misc     | class Bad {}
            KTOR_IS_IMPORTED_IN_KTOR_ONLY | io.martlet          | class Bad { io.ktor.client.HttpClient it; }
            KTOR_IS_IMPORTED_IN_KTOR_ONLY | io.martlet.internal | class Bad { Object it = io.ktor.http.HttpMethod.Companion; }
            JAVA_KNOWS_NO_COROUTINE       | io.martlet.http     | class Bad { Object it(kotlin.coroutines.Continuation<String> c) { return c; } }
            JAVA_KNOWS_NO_COROUTINE       | io.martlet.internal | class Bad { Object it = kotlinx.coroutines.Dispatchers.getIO(); }
            JAVA_SHOWS_NO_KOTLIN          | io.martlet.http     | public class Bad { public kotlin.Unit it() { return null; } }
            JAVA_SHOWS_NO_KOTLIN          | io.martlet.http     | public class Bad { public void it(java.util.List<kotlin.Pair<String, String>> l) {} }
            JAVA_SHOWS_NO_KOTLIN          | io.martlet.http     | public class Bad { protected Bad(kotlin.time.Duration it) {} }
            JAVA_SHOWS_NO_KOTLIN          | io.martlet.http     | public class Bad { public kotlin.ranges.IntRange it; }
            JAVA_SHOWS_NO_KOTLIN          | io.martlet.http     | public abstract class Bad implements kotlin.Lazy<String> {}
            JAVA_SHOWS_NO_KOTLIN          | io.martlet.http     | public class Bad<T extends kotlin.sequences.Sequence<String>> {}
            JAVA_SHOWS_NO_KOTLIN          | io.martlet.http     | public class Bad { public void it() throws kotlin.KotlinNullPointerException {} }
            API_SHOWS_NOTHING_INTERNAL    | io.martlet          | public class Bad { public io.martlet.internal.RedirectRules it; }
            API_SHOWS_NOTHING_INTERNAL    | io.martlet.ktor     | public class Bad { public Bad(io.martlet.internal.RedirectRules it) {} }
            API_SHOWS_NOTHING_INTERNAL    | io.martlet.engine   | public interface Bad { io.martlet.internal.RedirectRules[] it(); }
            API_SHOWS_NOTHING_INTERNAL    | io.martlet.body     | public class Bad { public <T extends io.martlet.internal.RedirectRules> void it(T t) {} }
            LOGS_GO_TO_SLF4J              | io.martlet.http     | class Bad { Object it = java.util.logging.Level.INFO; }
            NOTHING_IS_PRINTED            | io.martlet.http     | class Bad { void it() { System.out.println(); } }
            NOTHING_IS_PRINTED            | io.martlet.http     | class Bad { Object it = System.err; }
            NOTHING_IS_PRINTED            | io.martlet.http     | class Bad { void it(Exception e) { e.printStackTrace(); } }
            NOTHING_SLEEPS                | io.martlet.http     | class Bad { void it() throws Exception { Thread.sleep(1); } }
            NOTHING_SLEEPS                | io.martlet.http     | class Bad { void it() throws Exception { java.util.concurrent.TimeUnit.DAYS.sleep(1); } }
            NAMES_TELL_THE_ROLE           | io.martlet.http     | class Bad { static class ConnectionManager {} }
            NAMES_TELL_THE_ROLE           | io.martlet.http     | class BadHelper {}
            NAMES_TELL_THE_ROLE           | io.martlet.http     | class BadUtils {}
            NAMES_TELL_THE_ROLE           | io.martlet.http     | class BadUtilsKt {}
            NAMES_TELL_THE_ROLE           | io.martlet.http     | class BadBase {}
            NAMES_TELL_THE_ROLE           | io.martlet.http     | class BadImpl {}
            """)
    void aBrokenRuleIsFound(Rule rule, String packageName, String code) throws IOException {
        assertNotEquals("", violations(rule, source(packageName, code)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            KTOR_IS_IMPORTED_IN_KTOR_ONLY | io.martlet.ktor             | class Good { io.ktor.client.HttpClient it; }
            JAVA_KNOWS_NO_COROUTINE       | io.martlet.body             | @kotlin.Metadata class Good { kotlin.coroutines.Continuation<String> it; }
            JAVA_SHOWS_NO_KOTLIN          | io.martlet.http             | @kotlin.Metadata public class Good { public kotlin.Unit it; }
            JAVA_SHOWS_NO_KOTLIN          | io.martlet.http             | public class Good { kotlin.Unit it; private kotlin.Unit it() { return it; } }
            API_SHOWS_NOTHING_INTERNAL    | io.martlet                  | public class Good { io.martlet.internal.RedirectRules it; }
            API_SHOWS_NOTHING_INTERNAL    | io.martlet                  | class Good { public io.martlet.internal.RedirectRules it; }
            API_SHOWS_NOTHING_INTERNAL    | io.martlet.internal.pool    | public class Good { public io.martlet.internal.RedirectRules it; }
            NAMES_TELL_THE_ROLE           | io.martlet.http             | class BaseUrl {}
            """)
    void aKeptRuleIsNot(Rule rule, String packageName, String code) throws IOException {
        assertEquals("", violations(rule, source(packageName, code)));
    }

    private String violations(Rule rule, String... sources) throws IOException {
        JavaSources.compile(folder, sources);
        EvaluationResult result = rule.rule.evaluate(new ClassFileImporter().importPath(folder));
        return String.join("\n", result.getFailureReport().getDetails());
    }

    private static String source(String packageName, String code) {
        return "package " + packageName + "; " + code;
    }

    private static String stub(String name) {
        return name.endsWith(".Stub") ? source(name.replace(".Stub", ""), "public class Stub {}") : "";
    }
}
