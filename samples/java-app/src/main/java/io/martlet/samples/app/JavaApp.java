package io.martlet.samples.app;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs every chapter against the demo server whose address it is given: {@code http://127.0.0.1:8080/}. */
public final class JavaApp {
    private static final Map<String, Chapter> CHAPTERS = new LinkedHashMap<>();

    static {
        CHAPTERS.put("Posts as records", new Posts());
        CHAPTERS.put("Some of many fail", new Failures());
        CHAPTERS.put("Giving up", new GivingUp());
        CHAPTERS.put("Waiting in a thread", new Waiting());
        CHAPTERS.put("Logging in", new Logins());
        CHAPTERS.put("Cookies", new Cookies());
        CHAPTERS.put("Sending forms and files", new Uploads());
        CHAPTERS.put("Reading as it arrives", new Streams());
        CHAPTERS.put("Middlewares", new Middlewares());
        CHAPTERS.put("Watching", new Watching());
        CHAPTERS.put("Settings", new Settings());
        CHAPTERS.put("Restraint", new Restraint());
        CHAPTERS.put("Long runs", new LongRuns());
        CHAPTERS.put("Without a network", new Offline());
    }

    private JavaApp() {}

    /** Tells all chapters; {@code args} holds the address of the server. */
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            throw new IllegalArgumentException("usage: JavaApp http://127.0.0.1:8080/");
        }
        tell(args[0], System.out);
    }

    static void tell(String url, PrintStream out) throws Exception {
        for (Map.Entry<String, Chapter> chapter : CHAPTERS.entrySet()) {
            out.println("# " + chapter.getKey());
            chapter.getValue().tell(url, out);
        }
    }
}
