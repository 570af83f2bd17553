package io.martlet.samples.fetch.output;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a command reads from and writes to.
 *
 * @param in         standard input
 * @param out        where results go; unbuffered, tells when its reader is gone
 * @param err        where messages and the progress bar go
 * @param outColumns width of the terminal that {@code out} is, 0 if it is none
 * @param errColumns width of the terminal that {@code err} is, 0 if it is none
 */
public record Streams(InputStream in, OutputStream out, PrintStream err, int outColumns, int errColumns) {
    /** Set by the start script, which can ask for each of the two what the JVM cannot: whether it is a terminal. */
    private static final String OUT_COLUMNS = "martlet.columns.out";

    private static final String ERR_COLUMNS = "martlet.columns.err";
    private static final int USUAL_COLUMNS = 80;
    private static final Path OWN_OUT = Path.of("/proc/self/fd/1");

    /** The streams of this process. */
    public static Streams standard() {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        return new Streams(System.in, out, System.err, columns(OUT_COLUMNS), columns(ERR_COLUMNS));
    }

    /**
     * Whether standard output is a file that ends in the middle of a line, as a process that was killed while it wrote may
     * leave it. Known on Linux.
     */
    public boolean isOutCut() {
        return out instanceof FileOutputStream && isCut(OWN_OUT);
    }

    static boolean isCut(Path file) {
        // Of a pipe or a terminal nothing could be read.
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        } catch (IOException e) {
            return false;
        }
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
