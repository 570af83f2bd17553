package io.martlet.samples.bench.worker;

import io.martlet.samples.bench.client.CallbackClient;
import io.martlet.samples.bench.client.CallbackClients;
import io.martlet.samples.bench.client.Exchange;
import io.martlet.samples.bench.client.Library;
import io.martlet.samples.bench.client.Mode;
import io.martlet.samples.bench.client.SuspendClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The program of one client: reads commands, one a line, and answers each with one line of JSON.
 *
 * <p>{@code time N MILLIS} keeps N requests in flight for a time, {@code count N REQUESTS} until so many are done,
 * {@code hold N URL} until all are held by the server there. It ends with its input.
 */
public final class WorkerMain {
    /** Said instead of a URL: the client answers itself, from memory. */
    public static final String IN_MEMORY = "memory:";

    private WorkerMain() {}

    /** Arguments: library, mode, most in flight, kind, URL, {@code close} or {@code keep}, bytes expected, bytes sent. */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        // What a library prints must not be taken for an answer.
        System.setOut(System.err);
        Exchange exchange = new Exchange(
                Exchange.Kind.valueOf(args[3]),
                args[4].equals(IN_MEMORY) ? "http://memory/" : args[4],
                args[5].equals("close"),
                Long.parseLong(args[6]),
                Integer.parseInt(args[7]));
        boolean inMemory = args[4].equals(IN_MEMORY);
        Loop loop = open(Library.valueOf(args[0]), Mode.valueOf(args[1]), Integer.parseInt(args[2]), inMemory, args[6]);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            out.println(answer(loop, exchange, line.split(" ")));
            out.flush();
        }
        loop.close();
        // Some clients leave threads that would keep the JVM.
        System.exit(0);
    }

    private static Loop open(Library library, Mode mode, int inFlight, boolean inMemory, String bodyBytes) {
        if (mode == Mode.SUSPEND) {
            return new SuspendLoop(
                    inMemory
                            ? SuspendClients.inMemory(Integer.parseInt(bodyBytes))
                            : SuspendClients.open(library, inFlight));
        }
        CallbackClient client = inMemory
                ? CallbackClients.inMemory(mode, Integer.parseInt(bodyBytes))
                : CallbackClients.open(library, mode, inFlight);
        return new CallbackLoop(client);
    }

    private static String answer(Loop loop, Exchange exchange, String[] command)
            throws IOException, InterruptedException {
        int inFlight = Integer.parseInt(command[1]);
        return switch (command[0]) {
            case "time" -> {
                long millis = Long.parseLong(command[2]);
                yield Round.measure(loop, exchange, () -> Load.ofTime(inFlight, Duration.ofMillis(millis)));
            }
            case "count" -> {
                long requests = Long.parseLong(command[2]);
                yield Round.measure(loop, exchange, () -> Load.ofRequests(inFlight, requests));
            }
            case "hold" -> new HeldRound(loop, exchange, inFlight, command[2]).measure();
            default -> throw new IllegalArgumentException("Unknown command: " + command[0]);
        };
    }
}
