package io.martlet.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever a Java caller can reach from this face has nothing of Kotlin in it. */
class VisibleTypesTest {
    private static final List<String> HIDDEN = List.of("kotlin.", "kotlinx.", "io.ktor.");

    @Test
    void nothingThatCanBeReachedShowsATypeOfKotlin() {
        Set<String> shown = new TreeSet<>();
        for (Class<?> type : Reachable.types()) {
            if (!Reachable.SEAMS.containsKey(type.getName())) {
                Reachable.signatures(type)
                        .filter(VisibleTypesTest::isHidden)
                        .forEach(hidden -> shown.add(type.getName() + " shows " + hidden.getName()));
            }
        }

        assertEquals(Set.of(), shown);
    }

    @Test
    void theValuesOfTheCoreAreAmongWhatIsReached() {
        Set<String> names = new TreeSet<>();
        Reachable.types().forEach(type -> names.add(type.getName()));

        assertTrue(
                names.containsAll(Set.of("io.martlet.http.ClientResponse", "io.martlet.config.TlsConfig")),
                names::toString);
        assertTrue(names.containsAll(Reachable.SEAMS.keySet()), names::toString);
    }

    private static boolean isHidden(Class<?> type) {
        return HIDDEN.stream().anyMatch(type.getName()::startsWith);
    }
}
