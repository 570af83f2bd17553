package io.martlet.docs;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The pages of the project, and the files that they may quote. */
final class Pages {
    /** The folder of the project. */
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".mvn", ".idea", "node_modules");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w*)\n((?:(?!```).*\n)*)```$");

    /**
     * A fenced block of code.
     *
     * @param page     where it stands
     * @param language behind its fence; empty for drawings
     * @param code     with a line break at its end
     */
    record Block(Path page, String language, String code) {
        @Override
        public String toString() {
            return ROOT.relativize(page) + ":\n" + code;
        }
    }

    private Pages() {}

    /** All pages in Markdown, in the order of their names. */
    static List<Path> all() throws IOException {
        return files(name -> name.endsWith(".md"));
    }

    /** The blocks of all pages that are said to be in {@code language}. */
    static List<Block> blocks(Predicate<String> language) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path page : all()) {
            List<MatchResult> found =
                    BLOCK.matcher(Files.readString(page)).results().toList();
            found.stream()
                    .filter(block -> language.test(block.group(1)))
                    .forEach(block -> blocks.add(new Block(page, block.group(1), block.group(2))));
        }
        return blocks;
    }

    /** All files of the project whose name is one of those, without what is built. */
    static List<Path> files(Predicate<String> name) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean isOurs = folder.equals(ROOT)
                        || !NOT_OURS.contains(folder.getFileName().toString());
                return isOurs ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (name.test(file.getFileName().toString())) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }
}
