package io.martlet.samples.bench;

import io.martlet.samples.bench.client.Library;
import io.martlet.samples.bench.client.Mode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code martlet bench}: measures Martlet beside its peers. */
@Command(
        name = "martlet bench",
        mixinStandardHelpOptions = true,
        version = "martlet 0.1",
        description = {
            "Measures Martlet beside its peers, on this machine, in one run.",
            "A table for each scenario goes to standard output; samples/benchmarks/README.md says how to read it."
        })
public final class Main implements Callable<Integer> {
    private static final int FAILED = 1;

    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "scenario",
            description = "small-get, tls-small-get, tls-connect, fan-out, in-flight, download, upload, cold-start,"
                    + " bridge. Default: all")
    private List<String> scenarios = List.of();

    @Option(names = "--json", description = "Print one JSON object instead of tables")
    private boolean json;

    @Option(names = "--quick", description = "Short rounds: a first impression, in a minute for each scenario")
    private boolean quick;

    @Option(
            names = "--clients",
            split = ",",
            paramLabel = "NAME",
            description = "Only these: martlet, okhttp, apache, async-http-client, vertx, jdk, ktor-cio, aiohttp, wrk")
    private List<String> clients = List.of();

    @Option(names = "--demo-server", description = "Use the demo server even if nginx is installed")
    private boolean demoServer;

    private Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs the command, and ends the JVM with its exit code: 0, 1 if a client failed, 2 for wrong usage. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(out, System.err, args));
    }

    /** Runs the command and returns its exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        return new CommandLine(new Main(out, err))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((refusal, given) -> refuse(refusal))
                .execute(args);
    }

    private static int refuse(ParameterException refusal) {
        CommandLine command = refusal.getCommandLine();
        command.getErr().println("martlet bench: " + refusal.getMessage());
        command.getErr().println("Try: martlet bench --help");
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Scenario> chosen = chosenScenarios();
        List<Contestant> contestants = chosenContestants();
        Optional<Path> nginx = demoServer ? Optional.empty() : Programs.find("nginx");
        try (RunFolder folder = RunFolder.make();
                Servers servers = Servers.start(folder.path(), nginx.orElse(null))) {
            return measure(servers, chosen, contestants);
        }
    }

    private int measure(Servers servers, List<Scenario> chosen, List<Contestant> contestants)
            throws IOException, InterruptedException {
        Plan plan = quick ? Plan.quick() : Plan.full();
        Campaign campaign = new Campaign(servers, plan, err::println);
        List<Outcome> outcomes = new ArrayList<>();
        for (Scenario scenario : chosen) {
            Optional<Target> target = servers.target(scenario, plan);
            if (target.isEmpty()) {
                err.println(scenario.label() + " is left out: it needs nginx");
                continue;
            }
            Outcome outcome = campaign.run(
                    scenario,
                    target.get(),
                    contestants.stream().filter(scenario::admits).toList());
            outcomes.add(outcome);
            if (!json) {
                out.println(ResultTable.of(outcome));
            }
        }
        if (json) {
            out.println(ResultJson.of(outcomes));
        }
        boolean allWell = outcomes.stream().flatMap(o -> o.rows().stream()).allMatch(row -> row.failure() == null);
        return allWell ? CommandLine.ExitCode.OK : FAILED;
    }

    private List<Scenario> chosenScenarios() {
        if (scenarios.isEmpty()) {
            return List.of(Scenario.values());
        }
        return scenarios.stream()
                .map(label -> Scenario.of(label).orElseThrow(() -> unknown("scenario", label)))
                .distinct()
                .toList();
    }

    private List<Contestant> chosenContestants() {
        List<Library> libraries = clients.isEmpty()
                ? Arrays.stream(Library.values()).filter(this::isInstalled).toList()
                : clients.stream()
                        .map(label -> Library.of(label).orElseThrow(() -> unknown("client", label)))
                        .toList();
        return libraries.stream()
                .flatMap(library -> Stream.of(Mode.values()).map(mode -> new Contestant(library, mode)))
                .sorted(Comparator.comparing(contestant -> contestant.library().role()))
                .collect(Collectors.toList());
    }

    private boolean isInstalled(Library library) {
        Optional<Path> program = switch (library) {
            case AIOHTTP -> Programs.findPythonWithAiohttp();
            case WRK -> Programs.find("wrk");
            default -> Optional.of(Path.of(""));
        };
        if (program.isEmpty()) {
            err.println(library.label() + " is left out: it is not installed");
        }
        return program.isPresent();
    }

    private ParameterException unknown(String what, String label) {
        return new ParameterException(spec.commandLine(), "Unknown " + what + ": " + label);
    }
}
