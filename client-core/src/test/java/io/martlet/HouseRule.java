package io.martlet;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The rules of the house that no compiler checks; ARCHITECTURE.md says why. */
enum HouseRule {
    IMPORTS_RUN_DOWNWARD(Layers.rule()),

    KTOR_IS_IMPORTED_IN_KTOR_ONLY(noClasses()
            .that(resideOutsideOfPackage("io.martlet.ktor.."))
            .should()
            .dependOnClassesThat(resideInAPackage("io.ktor.."))),

    JAVA_KNOWS_NO_COROUTINE(noClasses()
            .that(areJava())
            .should()
            .dependOnClassesThat(resideInAnyPackage("kotlinx.coroutines..", "kotlin.coroutines.."))),

    JAVA_SHOWS_NO_KOTLIN(classes().that(areJava()).should(new ShowNothingOf("kotlin..", "kotlinx.."))),

    /** A member that is internal in Kotlin is public here, and held to the same. */
    API_SHOWS_NOTHING_INTERNAL(classes()
            .that(resideOutsideOfPackage("io.martlet.internal.."))
            .should(new ShowNothingOf("io.martlet.internal.."))),

    LOGS_GO_TO_SLF4J(noClasses().should().dependOnClassesThat(resideInAPackage("java.util.logging.."))),

    NOTHING_IS_PRINTED(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS),

    NOTHING_SLEEPS(noClasses().should().callMethodWhere(describe("sleep", HouseRule::isSleep))),

    /** What is written is the same in every locale: numbers have the digits and the point of English ones, and i is no dotless I. */
    NO_LOCALE_IS_ASKED(noClasses().should().callMethodWhere(describe("the locale", HouseRule::asksForTheLocale))),

    NAMES_TELL_THE_ROLE(noClasses().should().haveNameMatching(".*(Manager|Helper|Utils|Base|Impl)(Kt)?"));

    final ArchRule rule;

    HouseRule(ArchRule rule) {
        this.rule = rule.allowEmptyShould(true);
    }

    static DescribedPredicate<JavaClass> areJava() {
        return describe("are written in Java", c -> !c.isAnnotatedWith("kotlin.Metadata"));
    }

    private static boolean isSleep(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        boolean hasSleep = owner.isAssignableTo(Thread.class) || owner.isAssignableTo(TimeUnit.class);
        return hasSleep && call.getName().equals("sleep");
    }

    private static boolean asksForTheLocale(JavaMethodCall call) {
        List<JavaClass> parameters = call.getTarget().getRawParameterTypes();
        boolean isToldOne = !parameters.isEmpty() && parameters.get(0).isEquivalentTo(Locale.class);
        return call.getTargetOwner().isEquivalentTo(String.class)
                && Set.of("format", "formatted", "toLowerCase", "toUpperCase").contains(call.getName())
                && !isToldOne;
    }

    /**
     * Who may import whom, from the top down. Layers may be empty, and are held to this from the day they exist; a
     * package that belongs to none is refused. What is above the seam knows no engine, and no engine what is above it.
     */
    private record Layer(String name, DescribedPredicate<JavaClass> classes, String... mayImport) {}

    private static final class Layers {
        private static final DescribedPredicate<JavaClass> ITINERARY = describe(
                "itinerary",
                c -> c.getPackageName().equals("io.martlet.internal")
                        && c.getSimpleName().startsWith("Itinerary"));

        private static final List<Layer> FROM_THE_TOP = List.of(
                layer("testing", in("testing"), "engine", "values"),
                layer(
                        "root",
                        resideInAPackage("io.martlet"),
                        "itinerary",
                        "download",
                        "middleware",
                        "decisions",
                        "ktor",
                        "wire",
                        "parts",
                        "engine",
                        "values"),
                layer("download", in("internal.download"), "middleware", "engine", "values"),
                layer("itinerary", ITINERARY, "middleware", "decisions", "engine", "values"),
                layer("middleware", in("internal.middleware"), "decisions", "engine", "values"),
                layer(
                        "decisions",
                        resideInAnyPackage(
                                        "io.martlet.internal", "io.martlet.internal.auth", "io.martlet.internal.rate")
                                .and(not(ITINERARY))
                                .or(in("internal.coding")),
                        "values"),
                layer("ktor", in("ktor"), "wire", "parts", "engine", "values"),
                layer("wire", in("internal.wire"), "parts", "engine", "values"),
                layer(
                        "parts",
                        in("internal.http1", "internal.pool", "internal.net", "internal.tls"),
                        "engine",
                        "values"),
                layer("engine", in("engine"), "values"),
                layer(
                        "values",
                        in("http", "error", "config", "body", "auth", "cookie", "download", "retry", "rate", "trace")));

        static ArchRule rule() {
            LayeredArchitecture house = layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .withOptionalLayers(true)
                    .ensureAllClassesAreContainedInArchitecture();
            for (Layer layer : FROM_THE_TOP) {
                house = house.layer(layer.name).definedBy(layer.classes);
            }
            for (Layer layer : FROM_THE_TOP) {
                house = layer.mayImport.length == 0
                        ? house.whereLayer(layer.name).mayNotAccessAnyLayer()
                        : house.whereLayer(layer.name).mayOnlyAccessLayers(layer.mayImport);
            }
            return house;
        }

        private static Layer layer(String name, DescribedPredicate<JavaClass> classes, String... mayImport) {
            return new Layer(name, classes, mayImport);
        }

        private static DescribedPredicate<JavaClass> in(String... packages) {
            String[] all = List.of(packages).stream()
                    .map(p -> "io.martlet." + p + "..")
                    .toArray(String[]::new);
            return resideInAnyPackage(all);
        }
    }
}
