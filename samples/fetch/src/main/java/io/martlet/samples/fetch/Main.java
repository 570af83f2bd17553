package io.martlet.samples.fetch;

import io.martlet.samples.fetch.output.Streams;
import io.martlet.samples.fetch.run.RunEnding;
import io.martlet.samples.fetch.text.Printable;
import io.martlet.samples.fetch.values.OptionException;
import java.util.function.Consumer;

/** Where the command begins: usual command lines of {@code fetch} run at once, for others picocli is loaded. */
public final class Main {
    private static final int WRONG_USAGE = 2;

    private static String[] given = {};

    private Main() {}

    /** Runs the command, and ends the JVM with its exit code. */
    public static void main(String[] args) {
        given = args;
        System.exit(run(Streams.standard(), args));
    }

    /** Runs the command and returns its exit code. */
    static int run(Streams streams, String... args) {
        FetchCommand fetch = new FetchCommand(streams);
        return QuickArguments.apply(fetch, args) ? run(streams, fetch) : Commands.run(streams, args);
    }

    /** What the JVM was started with. */
    public static String[] given() {
        return given.clone();
    }

    private static int run(Streams streams, FetchCommand fetch) {
        try {
            return fetch.call();
        } catch (OptionException e) {
            return refuse(streams.err()::println, "martlet fetch", String.valueOf(e.getMessage()));
        } catch (Exception e) {
            e.printStackTrace(streams.err());
            return RunEnding.FAILED;
        }
    }

    /** Prints why a command cannot do what it was told, and returns the exit code for it. */
    static int refuse(Consumer<String> err, String command, String message) {
        // An argument in the wrong place may be a URL with a password.
        err.accept(command + ": " + Printable.of(message.replaceAll("//\\S*@", "//***@")));
        err.accept("Try: " + command + " --help");
        return WRONG_USAGE;
    }
}
