package io.martlet.samples.fetch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorGroupsTest {
    private final ErrorGroups errors = new ErrorGroups();

    @Test
    void failuresOfOneKindAtOneHostAreOneGroup() {
        errors.add(Rows.failed("a", "X", 0, 1));
        errors.add(Rows.failed("b", "X", 1, 1));
        errors.add(Rows.failed("b", "X", 2, 1));
        errors.add(Rows.status("b", 404, 3, 1));
        errors.add(Rows.ok("b", 4, 1));
        assertEquals(
                List.of("2 X b connect no b", "1 X a connect no a", "1 HTTP 404 b null http://b/"),
                errors.groups().stream()
                        .map(each -> each.count() + " " + each.what() + " " + each.host() + " " + each.phase() + " "
                                + each.message())
                        .toList());
    }

    @Test
    void tooManyKindsAreCountedTogether() {
        for (int i = 0; i < ErrorGroups.MAX_GROUPS + 3; i++) {
            errors.add(Rows.failed("host" + i, "X", i, 1));
        }
        errors.add(Rows.failed("host1", "X", 0, 1));
        assertEquals(ErrorGroups.MAX_GROUPS, errors.groups().size());
        assertEquals(3, errors.inNoGroup());
        assertEquals(2, errors.groups().get(0).count());
    }
}
