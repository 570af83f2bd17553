package io.martlet.samples.fetch.download;

import io.martlet.http.ContentDisposition;
import io.martlet.http.Url;
import io.martlet.samples.fetch.output.BodySink;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Names for the files of a run, each given once. Whatever a URL or a server says, a name is that of a file in the folder
 * itself, neither hidden nor an option of a command, and none of those that downloads have while they are under way. Used by
 * one thread at a time.
 */
final class FileNames {
    /** The name of what has none. */
    private static final String NAMELESS = "index.html";

    private static final String UNDER_WAY = ".martlet-part";
    private static final int DIGEST_DIGITS = 8;

    /** In lower case: some file systems do not tell them apart otherwise. */
    private final Set<String> given = new HashSet<>();

    private final Predicate<String> isPossible;

    FileNames() {
        this(FileNames::isPath);
    }

    /** @param isPossible whether a file can have a name, or one of its characters */
    FileNames(Predicate<String> isPossible) {
        this.isPossible = isPossible;
    }

    /** Where the locale is C, no path has a character beyond ASCII. */
    private static boolean isPath(String name) {
        try {
            Path.of(name);
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** That of the last segment of the path. */
    static String of(Url url) {
        String segment = url.path().substring(url.path().lastIndexOf('/') + 1);
        String name;
        try {
            name = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            name = segment;
        }
        return of(new ContentDisposition("attachment", Map.of("filename", name)));
    }

    /** The one that a server gives. */
    static String of(ContentDisposition disposition) {
        String name = disposition.safeFileName().orElse(NAMELESS);
        String visible = name.startsWith("-") ? "_" + name : name;
        return visible.contains(UNDER_WAY) ? visible.replace(UNDER_WAY, "_martlet-part") : visible;
    }

    /**
     * {@code wanted}, with {@code _} for what is possible in no name here; if that was given already, with some digits of
     * the URL's digest before its ending.
     */
    String give(String wanted, Url url) {
        return giveOnce(isPossible.test(wanted) ? wanted : possible(wanted), url);
    }

    private String possible(String wanted) {
        return wanted.codePoints()
                .mapToObj(Character::toString)
                .map(character -> isPossible.test(character) ? character : "_")
                .collect(Collectors.joining());
    }

    private String giveOnce(String wanted, Url url) {
        int dot = wanted.lastIndexOf('.');
        int end = dot > 0 ? dot : wanted.length();
        String mark = "-" + BodySink.digest(url.href()).substring(0, DIGEST_DIGITS);
        String name = wanted;
        for (int i = 2; !given.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = wanted.substring(0, end) + mark + (i == 2 ? "" : "-" + i) + wanted.substring(end);
        }
        return name;
    }
}
