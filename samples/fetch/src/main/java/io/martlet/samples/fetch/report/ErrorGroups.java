package io.martlet.samples.fetch.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What failed, by what went wrong and host. The groups are bounded in number; what is in none is counted. */
final class ErrorGroups {
    /** How many are told apart. */
    static final int MAX_GROUPS = 5_000;

    /** Failures of one kind at one host; the phase, or null, and the message are those of the first. */
    record Group(
            String what, String host, int count, @Nullable String phase, String message) {
        private Group another() {
            return new Group(what, host, count + 1, phase, message);
        }
    }

    private record Key(String what, String host) {}

    private final Map<Key, Group> groups = new LinkedHashMap<>();
    private int inNoGroup;

    /** Counts a request if it failed. */
    void add(RequestRow row) {
        if (!row.isFailed()) {
            return;
        }
        Key key = new Key(
                row.problem() == null ? "HTTP " + row.status() : row.problem().type(), row.host());
        Group known = groups.get(key);
        if (known != null) {
            groups.put(key, known.another());
        } else if (groups.size() < MAX_GROUPS) {
            groups.put(key, first(key, row));
        } else {
            inNoGroup++;
        }
    }

    private static Group first(Key key, RequestRow row) {
        RequestRow.Problem problem = row.problem();
        return problem == null
                ? new Group(key.what(), key.host(), 1, null, row.origin() + row.path())
                : new Group(key.what(), key.host(), 1, problem.phase(), problem.message());
    }

    /** The largest first. */
    List<Group> groups() {
        return groups.values().stream()
                .sorted(Comparator.comparingInt(Group::count).reversed())
                .toList();
    }

    /** How many failures there are that belong to none of {@link #groups}. */
    int inNoGroup() {
        return inNoGroup;
    }
}
