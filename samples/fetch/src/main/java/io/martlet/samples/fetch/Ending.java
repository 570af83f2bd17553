package io.martlet.samples.fetch;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a run ends: its exit codes, and what is said of files that failed it. */
final class Ending {
    static final int ALL_SUCCEEDED = 0;

    /** 128 + SIGPIPE: what a shell reports of a program whose reader went away. */
    static final int OUTPUT_CLOSED = 141;

    private final PrintStream messages;

    Ending(PrintStream messages) {
        this.messages = messages;
    }

    /** The results could not be written. */
    int outputFailed(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("pipe")) {
            return OUTPUT_CLOSED;
        }
        messages.println("martlet: cannot write the results: " + message);
        return Main.FAILED;
    }

    /** Whether the input could not be read to its end, which {@code failure} says; null if it could. */
    boolean inputFailed(@Nullable Throwable failure) {
        if (failure == null) {
            return false;
        }
        if (!(failure instanceof UncheckedIOException)) {
            throw new IllegalStateException("The run broke off", failure);
        }
        messages.println("martlet: cannot read on from --input " + failure.getMessage());
        return true;
    }

    /** Does what is left to do for the file that an option names. */
    int lastly(String option, Action action) {
        try {
            action.run();
            return ALL_SUCCEEDED;
        } catch (IOException e) {
            messages.println("martlet: cannot write " + option + ": " + OptionException.reason(e));
            return Main.FAILED;
        }
    }

    /** Something that is done with a file. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }
}
