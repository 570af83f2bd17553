package io.martlet.samples.fetch.run;

import io.martlet.samples.fetch.values.OptionException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a run ends: its exit codes, and what is said of files that failed it. */
public final class RunEnding {
    public static final int ALL_SUCCEEDED = 0;

    /** Not everything succeeded. */
    public static final int FAILED = 1;

    /** 128 + SIGPIPE: what a shell reports of a program whose reader went away. */
    static final int OUTPUT_CLOSED = 141;

    private final PrintStream messages;
    private final Set<String> failedFiles = new HashSet<>();

    public RunEnding(PrintStream messages) {
        this.messages = messages;
    }

    /** The results could not be written. */
    public int outputFailed(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("pipe")) {
            return OUTPUT_CLOSED;
        }
        messages.println("martlet: cannot write the results: " + message);
        return FAILED;
    }

    /** Whether the input could not be read to its end, which {@code failure} says; null if it could. */
    public boolean inputFailed(@Nullable Throwable failure) {
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
    public int lastly(String option, Action action) {
        try {
            action.run();
            return ALL_SUCCEEDED;
        } catch (IOException e) {
            return fileFailed(new FileFailure(option, e));
        }
    }

    /** Writes to the file that an option names: if that fails, it is not the output that does. */
    static void writeTo(String option, Action action) throws FileFailure {
        try {
            action.run();
        } catch (IOException e) {
            throw new FileFailure(option, e);
        }
    }

    /** Tells of it once: what cannot be written cannot be closed either. */
    int fileFailed(FileFailure failure) {
        if (failedFiles.add(failure.option)) {
            messages.println("martlet: cannot write " + failure.option + ": " + OptionException.reason(failure.cause));
        }
        return FAILED;
    }

    /** Something that is done with a file. */
    @FunctionalInterface
    public interface Action {
        void run() throws IOException;
    }

    /** The file that an option names cannot be written. */
    static final class FileFailure extends IOException {
        private static final long serialVersionUID = 1L;

        private final String option;
        private final IOException cause;

        FileFailure(String option, IOException cause) {
            super(cause);
            this.option = option;
            this.cause = cause;
        }
    }
}
