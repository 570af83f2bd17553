package io.martlet.samples.fetch;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * What a command reads from and writes to.
 *
 * @param in         standard input
 * @param out        where results go; unbuffered, tells when its reader is gone
 * @param err        where messages and the progress bar go
 * @param outColumns width of the terminal that {@code out} is, 0 if it is none
 * @param errColumns width of the terminal that {@code err} is, 0 if it is none
 */
record Streams(InputStream in, OutputStream out, PrintStream err, int outColumns, int errColumns) {
    /** Set by the start script, which can ask for each of the two what the JVM cannot: whether it is a terminal. */
    private static final String OUT_COLUMNS = "martlet.columns.out";

    private static final String ERR_COLUMNS = "martlet.columns.err";
    private static final int USUAL_COLUMNS = 80;

    /** The streams of this process. */
    static Streams standard() {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        return new Streams(System.in, out, System.err, columns(OUT_COLUMNS), columns(ERR_COLUMNS));
    }

    private static int columns(String property) {
        Integer told = Integer.getInteger(property);
        if (told != null) {
            return told;
        }
        return isConsole() ? USUAL_COLUMNS : 0;
    }

    private static boolean isConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since JDK 22 there is a console even if there is no terminal; before, this method did not exist.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJdk22) {
            return true;
        }
    }
}
