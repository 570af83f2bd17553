package io.martlet.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pieces of the sources of one language that pages show: each begins behind a line {@code // row: name} or
 * {@code // code: name}, and ends before the next such line, or {@code // end}.
 */
final class Regions {
    private static final Pattern START = Pattern.compile("\\s*// (?:row|code): ([\\w-]+)");

    /** More than a third of a page, and no blank in it. */
    private static final Pattern TOO_LONG = Pattern.compile("\\S{39}");
    /** Up to the last call that may stand in the next line: as much as a line holds, or the first. */
    private static final Pattern CALL = Pattern.compile("^(?:.{0,37}\\)(?=\\.)|.+?\\)(?=\\.))");

    private final Map<String, String> regions = new TreeMap<>();

    private Regions() {}

    /** Those of all sources in {@code folder}. */
    static Regions in(Path folder) throws IOException {
        Regions found = new Regions();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                found.read(file);
            }
        }
        return found;
    }

    /** The names of all. */
    List<String> names() {
        return List.copyOf(regions.keySet());
    }

    /** The code of one, indented no further than it must be, with a line break at its end. */
    String code(String name) {
        String code = regions.get(name);
        if (code == null) {
            throw new AssertionError("No source has a line \"// row: " + name + "\" or \"// code: " + name + "\"");
        }
        return code;
    }

    /**
     * The code of one in a cell of a table: a span for each line, without the punctuation that leads to what follows.
     * What is too long to be broken by a browser is broken in front of a call.
     */
    String cell(String name) {
        List<String> lines = code(name).lines().flatMap(Regions::broken).toList();
        boolean isList = lines.stream().allMatch(line -> line.endsWith(","));
        List<String> spans = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean isLast = i == lines.size() - 1;
            String line = isList || isLast ? lines.get(i).replaceFirst(",$", "") : lines.get(i);
            spans.add("`" + (lines.size() == 1 ? line.replaceFirst(";$", "") : line).replace("|", "\\|") + "`");
        }
        return String.join("<br>", spans);
    }

    private static Stream<String> broken(String line) {
        return broken(line, " ".repeat(line.length() - line.stripLeading().length() + 4));
    }

    private static Stream<String> broken(String line, String indent) {
        Matcher call = CALL.matcher(line);
        if (!TOO_LONG.matcher(line).find() || !call.find()) {
            return Stream.of(line);
        }
        String rest = indent + line.substring(call.end());
        return Stream.concat(Stream.of(line.substring(0, call.end())), broken(rest, indent));
    }

    private void read(Path file) throws IOException {
        String name = null;
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher start = START.matcher(line);
            if (start.matches() || line.strip().equals("// end")) {
                if (name != null && regions.put(name, String.join("\n", lines).stripIndent() + "\n") != null) {
                    throw new AssertionError(file + " has " + name + " once more");
                }
                name = start.matches() ? start.group(1) : null;
                lines.clear();
            } else {
                lines.add(line);
            }
        }
        if (name != null) {
            throw new AssertionError(file + " lacks \"// end\" behind " + name);
        }
    }
}
