package io.martlet.samples.guide;

import io.martlet.error.ClientException;
import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.guide.Recipe.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code martlet guide}: lists the recipes, or runs one against a demo server or another server. */
public final class Guide {
    private static final String USAGE = "usage: martlet guide [--java | --kotlin] [NAME [--base-url URL] [ARG...]]";
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    /** What the chapters are called in samples/README.md, by their packages. */
    static final Map<String, String> HEADINGS = Map.of(
            "start", "Starting",
            "requests", "What to send",
            "responses", "What comes back",
            "errors", "What goes wrong",
            "settings", "Settings",
            "many", "Many requests",
            "programs", "Programs",
            "pitfalls", "Pitfalls");

    private Guide() {}

    /** Does what {@link #run(List, PrintStream)} does, and ends the JVM with its exit code unless that is 0. */
    public static void main(String[] args) throws Exception {
        int code = run(List.of(args), System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    /**
     * Runs the recipe that {@code args} name, or lists all, and returns the exit code: 1 if a request fails and the recipe lets
     * it, 2 if the arguments make no sense. {@code err} is told why.
     */
    static int run(List<String> args, PrintStream err) throws Exception {
        List<String> words = new ArrayList<>(args);
        if (words.isEmpty() || words.contains("--help")) {
            list();
            return 0;
        }
        if (words.get(words.size() - 1).equals("--base-url")) {
            return refuse(err, "--base-url needs a URL");
        }
        String url = takeOption(words, "--base-url");
        if (url != null && !url.matches("(?i)https?://.+")) {
            return refuse(err, "--base-url is '" + url + "'; it must begin with http:// or https://");
        }
        for (String word : words) {
            if (word.startsWith("-")) {
                return refuse(err, "there is no option " + word);
            }
        }
        if (words.isEmpty()) {
            return refuse(err, "the NAME of a recipe is missing");
        }
        String name = words.remove(0);
        Recipe recipe = Recipe.named(name).orElse(null);
        if (recipe == null) {
            return refuse(err, "there is no recipe " + name + "; martlet guide lists them");
        }
        if (url != null && words.size() < recipe.files().size()) {
            return refuse(err, name + " needs files besides --base-url: " + String.join(" ", recipe.files()));
        }
        try {
            run(recipe, url, words);
            return 0;
        } catch (ClientException | CompletionException e) {
            Throwable failure = e instanceof ClientException ? e : e.getCause();
            if (!(failure instanceof ClientException)) {
                throw e;
            }
            err.println("martlet guide: " + name + " failed with a "
                    + failure.getClass().getSimpleName() + ": " + failure.getMessage());
            return FAILED;
        }
    }

    private static void run(Recipe recipe, @Nullable String url, List<String> rest) throws Exception {
        if (url != null) {
            recipe.run(arguments(List.of(url.endsWith("/") ? url : url + "/"), rest));
            return;
        }
        if (recipe.server() == Kind.HTTP) {
            runAgainst(DemoServer.start(0), List.of(), recipe, rest);
            return;
        }
        Path directory = Files.createTempDirectory("martlet-guide");
        try {
            DemoCertificates certificates = DemoCertificates.make(directory);
            runAgainst(certificates.serve(recipe.server()), certificates.forClients(), recipe, rest);
        } finally {
            delete(directory);
        }
    }

    private static void runAgainst(DemoServer server, List<Path> files, Recipe recipe, List<String> rest)
            throws Exception {
        try (server) {
            List<String> first = new ArrayList<>(List.of(server.baseUrl()));
            files.forEach(file -> first.add(file.toString()));
            recipe.run(arguments(first, rest));
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private static void list() {
        System.out.println(USAGE);
        System.out.println(
                "Recipes run in Java unless --kotlin is given, and without --base-url against a demo server.");
        String chapter = "";
        for (Recipe recipe : Recipe.values()) {
            if (!recipe.chapter().equals(chapter)) {
                chapter = recipe.chapter();
                System.out.println("\n" + HEADINGS.get(chapter));
            }
            System.out.printf("  %-28s %s%n", recipe.title(), recipe.sentence());
        }
    }

    private static int refuse(PrintStream err, String message) {
        err.println("martlet guide: " + message);
        err.println(USAGE);
        return WRONG_USAGE;
    }

    private static @Nullable String takeOption(List<String> words, String name) {
        int at = words.indexOf(name);
        if (at < 0) {
            return null;
        }
        words.remove(at);
        return words.remove(at);
    }

    private static String[] arguments(List<String> first, List<String> more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(more);
        return all.toArray(String[]::new);
    }
}
