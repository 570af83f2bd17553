package io.martlet.samples.fetch.download;

import io.martlet.samples.fetch.download.FileMeter.FileSnapshot;
import io.martlet.samples.fetch.progress.ProgressText;
import io.martlet.samples.fetch.progress.RunSnapshot;
import io.martlet.samples.fetch.text.Amounts;
import io.martlet.samples.fetch.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How far files are, in a line each, and a last one for all of them: {@code big.iso  45%  3.1 MB/s  ETA 0:05}. */
final class FileText {
    /** Files that are shown; more would not leave much of a terminal. */
    private static final int MAX_FILES = 5;

    private static final int MIN_NAME_CHARS = 12;
    private static final int MAX_NAME_CHARS = 40;
    private static final String GAP = "  ";

    private FileText() {}

    /** Lines of at most {@code columns} characters. */
    static List<String> lines(RunSnapshot run, List<FileSnapshot> files, int columns) {
        List<String> lines = new ArrayList<>();
        files.stream().limit(MAX_FILES).forEach(file -> lines.add(line(file, columns)));
        if (files.size() > MAX_FILES) {
            lines.add(cut("and " + (files.size() - MAX_FILES) + " more", columns));
        }
        lines.add(ProgressText.line(run, FileMeter.timeLeft(run, files), columns));
        return lines;
    }

    /** The name gives way down to some characters, then what is least important. */
    private static String line(FileSnapshot file, int columns) {
        List<String> fields = new ArrayList<>();
        fields.add(file.total() > 0 ? 100 * file.bytes() / file.total() + "%" : Amounts.bytes(file.bytes()));
        Duration timeLeft = file.timeLeft();
        if (timeLeft != null) {
            fields.add("ETA " + Amounts.time(timeLeft));
        }
        fields.add(Amounts.bytes(file.bytesPerSecond()) + "/s");
        if (file.total() > 0) {
            fields.add("of " + Amounts.bytes(file.total()));
        }
        StringBuilder text = new StringBuilder();
        for (String field : fields) {
            if (MIN_NAME_CHARS + text.length() + GAP.length() + field.length() > columns) {
                break;
            }
            text.append(GAP).append(field);
        }
        int room = Math.min(MAX_NAME_CHARS, columns - text.length());
        return cut(Printable.of(file.name()), room) + text;
    }

    private static String cut(String name, int maxChars) {
        return maxChars < MIN_NAME_CHARS
                ? name.substring(0, Math.min(name.length(), Math.max(0, maxChars)))
                : Printable.cutInTheMiddle(name, maxChars);
    }
}
