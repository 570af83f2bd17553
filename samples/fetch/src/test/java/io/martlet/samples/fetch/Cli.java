package io.martlet.samples.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.martlet.samples.fetch.output.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command as users do, in this JVM or in one of its own. */
final class Cli {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Cli() {}

    /** How a run ended, and what it wrote. */
    record Result(int exitCode, String out, String err) {
        /** Each line of the output as JSON. */
        List<JsonNode> json() {
            return out.lines().map(Cli::parse).toList();
        }

        /** Each line's value of a field, as text. */
        List<String> json(String field) {
            return json().stream().map(line -> line.get(field).asText()).toList();
        }
    }

    static Result run(String... args) {
        return run(InputStream.nullInputStream(), args);
    }

    static Result runWithInput(String input, String... args) {
        return run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), args);
    }

    private static Result run(InputStream in, String... args) {
        return run(in, new ByteArrayOutputStream(), args);
    }

    /** Runs with an output that does more than taking what is written; what was written is its {@code toString}. */
    static Result run(InputStream in, OutputStream out, String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
        int exitCode = Main.run(new Streams(in, out, messages, 0, 0), args);
        return new Result(exitCode, out.toString(), err.toString(StandardCharsets.UTF_8));
    }

    /** Starts the command in a JVM of its own, whose messages go to a file; NAME=VALUE before it is its environment. */
    static Process start(Path messages, String... args) {
        try {
            return process(messages, args).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@link #start} starts. */
    static ProcessBuilder process(Path messages, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // What lives for a second is not worth much compiling.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        ProcessBuilder process = new ProcessBuilder(command).redirectError(messages.toFile());
        int first = 0;
        while (args[first].indexOf('=') > 0) {
            String[] variable = args[first++].split("=", 2);
            process.environment().put(variable[0], variable[1]);
        }
        command.addAll(List.of(args).subList(first, args.length));
        return process;
    }

    static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + line, e);
        }
    }
}
