package io.martlet.samples.fetch.values;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** The value of an option is of no use. The message names the option, and the value unless that may be a secret. */
public final class OptionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private OptionException(String message) {
        super(message);
    }

    /** The value alone is wrong: {@code must be 1 to 10 but was 11}. */
    public static OptionException of(String option, String reason) {
        return new OptionException("Invalid value for option '" + option + "': " + reason);
    }

    /** A file cannot be read, written or made, as {@code what} says. */
    public static OptionException of(String option, String what, IOException why) {
        return of(option, what + ": " + reason(why));
    }

    /** Two options do not go together, or one is missing. */
    public static OptionException usage(String message) {
        return new OptionException(message);
    }

    /** The JDK's own messages are often just the path. */
    public static String reason(IOException e) {
        if (e instanceof FileSystemException failure) {
            if (failure.getReason() != null) {
                return failure.getReason();
            }
            String type = e.getClass().getSimpleName().replace("Exception", "");
            return type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        }
        return String.valueOf(e.getMessage());
    }
}
