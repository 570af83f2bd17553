package io.martlet.async;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a Java caller sees has nothing of Kotlin in it. */
@AnalyzeClasses(packages = "io.martlet.async", importOptions = DoNotIncludeTests.class)
class BridgeHouseRulesTest {
    private static final List<String> HIDDEN = List.of("kotlin.", "kotlinx.", "io.ktor.", "io.martlet.async.internal.");

    @ArchTest
    static final ArchRule PUBLIC_TYPES_ARE_WRITTEN_IN_JAVA = classes()
            .that()
            .arePublic()
            .and()
            .resideInAPackage("io.martlet.async")
            .should()
            .notBeAnnotatedWith("kotlin.Metadata");

    @ArchTest
    static final ArchRule SIGNATURES_SHOW_NOTHING_OF_KOTLIN = classes()
            .that()
            .resideInAPackage("io.martlet.async")
            .and(describe("are public", BridgeHouseRulesTest::isVisible))
            .should(new ShowNothingOfKotlin());

    @ArchTest
    static final ArchRule NOTHING_IS_PRINTED = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule NOTHING_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @Test
    void theRuleFindsAKotlinTypeInASignature() {
        JavaClass bridge = new com.tngtech.archunit.core.importer.ClassFileImporter()
                .importPackages("io.martlet.async.internal")
                .get("io.martlet.async.internal.SessionBridge");
        ConditionEvents events = ConditionEvents.Factory.create();
        new ShowNothingOfKotlin().check(bridge, events);
        assertTrue(events.containViolation());
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(BridgeHouseRulesTest::isVisible).orElse(true);
    }

    private static final class ShowNothingOfKotlin extends ArchCondition<JavaClass> {
        ShowNothingOfKotlin() {
            super("show nothing of Kotlin, Ktor or the bridge's inside");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            Stream.concat(
                            Stream.of(type.getName()),
                            type.getMembers().stream()
                                    .filter(BridgeHouseRulesTest::isSeen)
                                    .flatMap(member -> involved(member).stream().map(t -> t.getName())))
                    .filter(name -> HIDDEN.stream().anyMatch(name::startsWith))
                    .forEach(
                            name -> events.add(SimpleConditionEvent.violated(type, type.getName() + " shows " + name)));
        }
    }

    private static boolean isSeen(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }

    private static Set<JavaClass> involved(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes();
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        Set<JavaClass> types = new java.util.HashSet<>(code.getReturnType().getAllInvolvedRawTypes());
        code.getParameterTypes().forEach(type -> types.addAll(type.getAllInvolvedRawTypes()));
        return types;
    }
}
