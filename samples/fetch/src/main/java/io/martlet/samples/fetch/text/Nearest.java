package io.martlet.samples.fetch.text;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody who misspelt it may have meant. */
public final class Nearest {
    /** What is shorter is the beginning of too many. */
    private static final int MIN_START = 4;

    private Nearest() {}

    /** One of {@code names} that begins so, or has few letters to change, add or leave out; null if there is none. */
    public static @Nullable String to(String misspelt, Collection<String> names) {
        if (misspelt.length() < MIN_START - 1) {
            // Each letter is one change away from each other: only its case can be wrong.
            return names.stream().filter(misspelt::equalsIgnoreCase).findFirst().orElse(null);
        }
        String nearest = null;
        int fewest = 2 + misspelt.length() / 4;
        for (String name : names) {
            int changes = misspelt.length() >= MIN_START && name.startsWith(misspelt) ? 1 : changes(misspelt, name);
            if (changes < fewest) {
                fewest = changes;
                nearest = name;
            }
        }
        return nearest;
    }

    /** The edit distance of Levenshtein, a row at a time. */
    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
