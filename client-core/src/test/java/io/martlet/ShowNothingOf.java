package io.martlet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.core.domain.PackageMatchers;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;

/** No type of those packages in what a public class lets others see: supertypes, and signatures of public members. */
final class ShowNothingOf extends ArchCondition<JavaClass> {
    private final PackageMatchers packages;

    ShowNothingOf(String... packages) {
        super("show nothing of " + Arrays.toString(packages));
        this.packages = PackageMatchers.of(packages);
    }

    @Override
    public void check(JavaClass owner, ConditionEvents events) {
        if (!isPublic(owner)) {
            return;
        }
        Stream<JavaType> supertypes = Stream.concat(owner.getSuperclass().stream(), owner.getInterfaces().stream());
        report(owner, owner.getFullName(), Stream.concat(supertypes, bounds(owner.getTypeParameters())), events);
        for (JavaMember member : owner.getMembers()) {
            if (isVisible(member)) {
                report(owner, member.getFullName(), shown(member), events);
            }
        }
    }

    private void report(JavaClass owner, String where, Stream<JavaType> shown, ConditionEvents events) {
        shown.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .filter(type -> packages.test(type.getPackageName()))
                .forEach(type ->
                        events.add(SimpleConditionEvent.violated(owner, where + " shows " + type.getFullName())));
    }

    private static Stream<JavaType> shown(JavaMember member) {
        if (!(member instanceof JavaCodeUnit code)) {
            return Stream.of(((JavaField) member).getType());
        }
        return Stream.of(
                        Stream.of(code.getReturnType()),
                        code.getParameterTypes().stream(),
                        bounds(code.getTypeParameters()),
                        code.getThrowsClause().getTypes().stream())
                .flatMap(types -> types);
    }

    private static Stream<JavaType> bounds(Collection<? extends JavaTypeVariable<?>> parameters) {
        return parameters.stream().flatMap(parameter -> parameter.getUpperBounds().stream());
    }

    private static boolean isPublic(JavaClass type) {
        boolean visible = type.getModifiers().contains(JavaModifier.PUBLIC)
                || type.getModifiers().contains(JavaModifier.PROTECTED);
        return visible && type.getEnclosingClass().map(ShowNothingOf::isPublic).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        boolean open = member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
        return open && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }
}
