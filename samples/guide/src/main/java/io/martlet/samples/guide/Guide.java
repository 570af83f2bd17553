package io.martlet.samples.guide;

import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.guide.Recipe.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code martlet guide}: lists the recipes, or runs one against a demo server or another server. */
public final class Guide {
    private static final String USAGE = "usage: martlet guide [--java | --kotlin] [NAME [--base-url URL] [ARG...]]";
    private static final int WRONG_USAGE = 2;

    private Guide() {}

    /** Runs the recipe that {@code args} name, or lists all; ends the JVM with 2 if there is no such recipe. */
    public static void main(String[] args) throws Exception {
        List<String> words = new ArrayList<>(List.of(args));
        if (words.isEmpty() || words.contains("--help")) {
            list();
            return;
        }
        if (words.get(words.size() - 1).equals("--base-url")) {
            refuse("--base-url needs a URL");
        }
        String url = takeOption(words, "--base-url");
        String name = words.isEmpty() ? "without a name" : words.get(0);
        Recipe recipe = Recipe.named(name).orElse(null);
        if (recipe == null) {
            refuse("there is no recipe " + name + "; martlet guide lists them");
            return;
        }
        List<String> rest = words.subList(1, words.size());
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
        System.out.println("Without --base-url, a recipe runs against a demo server of its own.");
        String chapter = "";
        for (Recipe recipe : Recipe.values()) {
            if (!recipe.chapter().equals(chapter)) {
                chapter = recipe.chapter();
                System.out.println("\n" + chapter);
            }
            System.out.printf("  %-28s %s%n", recipe.title(), recipe.sentence());
        }
    }

    private static void refuse(String message) {
        System.err.println("martlet guide: " + message);
        System.err.println(USAGE);
        System.exit(WRONG_USAGE);
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
