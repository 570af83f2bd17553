package io.martlet.samples.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A process that answers lines with lines. It ends with its input, and is made to with this JVM. */
final class ChildProcess implements AutoCloseable {
    private static final int MAX_ERROR_CHARS = 300;
    private static final int SECONDS_TO_END = 5;

    private final Process process;
    private final Writer input;
    private final BufferedReader output;
    private final Path errors;
    private final Thread end;

    private ChildProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
    }

    /** Starts it; what it writes to its standard error goes to a file in {@code directory}. */
    static ChildProcess start(Path directory, List<String> command) throws IOException {
        Path errors = Files.createTempFile(directory, "child", ".err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        return new ChildProcess(process, errors);
    }

    /** Sends a line and returns the one that comes back. */
    String ask(String line, Duration patience) throws IOException, InterruptedException {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw failure("ended", e);
        }
        return readLine(patience);
    }

    /** The next line that it says. */
    String readLine(Duration patience) throws IOException, InterruptedException {
        CompletableFuture<@Nullable String> answer = new CompletableFuture<>();
        Thread reader = new Thread(() -> readInto(answer));
        reader.setDaemon(true);
        reader.start();
        try {
            String read = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (read == null) {
                throw failure("ended", null);
            }
            return read;
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw failure("did not answer within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw failure("ended", e);
        }
    }

    private void readInto(CompletableFuture<@Nullable String> answer) {
        try {
            answer.complete(output.readLine());
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
    }

    /** Ends its input and waits for its end. */
    void finish() throws IOException, InterruptedException {
        input.close();
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
            throw failure("did not end", null);
        }
    }

    /** How it failed, with what it wrote to its standard error. */
    IOException failure(String what, @Nullable Throwable cause) {
        String said;
        try {
            said = Files.readString(errors, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            said = "";
        }
        String excerpt = said.length() > MAX_ERROR_CHARS ? said.substring(0, MAX_ERROR_CHARS) + "..." : said;
        return new IOException("The process " + what + (excerpt.isEmpty() ? "" : ": " + excerpt), cause);
    }

    /** Ends it politely, and otherwise by force. */
    @Override
    public void close() {
        try {
            finish();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException alreadyEnding) {
            process.destroyForcibly();
        }
    }
}
