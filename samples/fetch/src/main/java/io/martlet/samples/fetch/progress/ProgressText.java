package io.martlet.samples.fetch.progress;

import io.martlet.samples.fetch.text.Amounts;
import io.martlet.samples.fetch.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RunSnapshot} in a line:
 *
 * <pre>
 * [==========          ]  1234/5000  24%  3 failed  98/s  12 in flight  1.2 MB/s  ETA 0:38  slowest example.com 12 s
 * </pre>
 *
 * <p>Where there is no room for all of it, what is least important is left out: the bar first, the count never.
 */
public final class ProgressText {
    private static final String GAP = "  ";
    private static final int MAX_NAME_CHARS = 30;
    private static final int MIN_BAR_CHARS = 12;
    private static final int MAX_BAR_CHARS = 32;

    /** What is done sooner is not slow. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    private ProgressText() {}

    /** A line of at most {@code columns} characters; 0 for as many as it takes, without a bar. */
    public static String line(RunSnapshot run, int columns) {
        return line(run, run.timeLeft(), columns);
    }

    /** The same by whoever knows better how long it will take; null if nobody can tell. */
    public static String line(RunSnapshot run, @Nullable Duration timeLeft, int columns) {
        int room = columns == 0 ? Integer.MAX_VALUE : columns;
        List<Field> all = fields(run, timeLeft);
        List<Field> shown = new ArrayList<>();
        int length = -GAP.length();
        for (Field field : all) {
            int longer = length + GAP.length() + field.text.length();
            if (longer > room) {
                break;
            }
            shown.add(field);
            length = longer;
        }
        if (shown.isEmpty()) {
            return all.get(0).text.substring(0, room);
        }
        String text = shown.stream()
                .sorted(Comparator.comparingInt(Field::place))
                .map(Field::text)
                .collect(Collectors.joining(GAP));
        int left = Math.min(MAX_BAR_CHARS, room - length - GAP.length());
        boolean hasBar = columns > 0 && run.hasTotal() && left >= MIN_BAR_CHARS && shown.size() == all.size();
        return hasBar ? bar(run, left) + GAP + text : text;
    }

    /** What is most important first; its place is where people look for it. */
    private static List<Field> fields(RunSnapshot run, @Nullable Duration timeLeft) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(0, run.behind() + (run.hasTotal() ? "/" + run.total() : "")));
        if (run.failed() > 0) {
            fields.add(new Field(2, run.failed() + " failed"));
        }
        if (timeLeft != null) {
            fields.add(new Field(6, "ETA " + Amounts.time(timeLeft)));
        }
        if (run.hasTotal()) {
            fields.add(new Field(1, 100 * run.behind() / run.total() + "%"));
        }
        fields.add(new Field(3, Amounts.rate(run.perSecond())));
        fields.add(new Field(5, Amounts.bytes(run.bytesPerSecond()) + "/s"));
        fields.add(new Field(4, run.inFlight() + " in flight"));
        if (run.slowest() != null && run.slowestFor().compareTo(SLOW) >= 0) {
            String name = Printable.cutInTheMiddle(Printable.of(run.slowest()), MAX_NAME_CHARS);
            fields.add(new Field(7, "slowest " + name + " " + run.slowestFor().toSeconds() + " s"));
        }
        return fields;
    }

    private static String bar(RunSnapshot run, int chars) {
        int inside = chars - 2;
        int full = (int) (inside * run.behind() / run.total());
        return "[" + "=".repeat(full) + " ".repeat(inside - full) + "]";
    }

    private record Field(int place, String text) {}
}
