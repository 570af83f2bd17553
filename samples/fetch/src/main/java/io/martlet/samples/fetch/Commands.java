package io.martlet.samples.fetch;

import io.martlet.samples.fetch.download.DownloadCommand;
import io.martlet.samples.fetch.output.Streams;
import io.martlet.samples.fetch.text.Nearest;
import io.martlet.samples.fetch.text.Version;
import io.martlet.samples.fetch.values.OptionException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code martlet} with all that belongs to it, as picocli reads and explains it. */
@Command(
        name = "martlet",
        mixinStandardHelpOptions = true,
        version = Version.TEXT,
        customSynopsis = {"martlet COMMAND [OPTION]... [ARGUMENT]...", "       martlet help COMMAND"},
        descriptionHeading = "%n",
        description = {"Fetches many URLs at once, and what goes with that.", ""},
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:not all did",
            "2:wrong usage",
            "3:samples/bin/martlet could not build or start the command",
            "130:interrupted"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  martlet fetch",
            "  martlet fetch -c 20 -i urls.txt --format jsonl",
            "  martlet help fetch",
            "",
            "Environment, of samples/bin/martlet:",
            "  JAVA_HOME          the JDK to use; otherwise the java on the PATH",
            "  MARTLET_JAVA_OPTS  options for the JVM, separated by blanks",
            "  MARTLET_MVN        the Maven to build with; otherwise the checkout's own",
            "  NO_COLOR           if it is not empty, help has no colours"
        })
final class Commands implements Runnable {
    /** Narrower, picocli cannot; wider, nobody can read. */
    private static final int MIN_COLUMNS = 55;

    /** How picocli's help begins to say so. */
    private static final String UNKNOWN_COMMAND = "Unknown subcommand '";

    private static final int MAX_COLUMNS = 100;
    private static final int USUAL_COLUMNS = 80;

    @Spec
    private CommandSpec spec;

    private Commands() {}

    /** Runs the command and returns its exit code. */
    static int run(Streams streams, String... args) {
        return of(streams).execute(args);
    }

    /** The command with all others. */
    private static CommandLine of(Streams streams) {
        return new CommandLine(new Commands())
                .addSubcommand(new FetchCommand(streams))
                .addSubcommand(new DownloadCommand(streams))
                .addSubcommand(new ServeCommand(streams))
                .addSubcommand(
                        "guide",
                        elsewhere(
                                "guide",
                                "martlet guide [--java | --kotlin] [NAME [--base-url URL] [ARGUMENT]...]",
                                "Lists short programs that show how to use Martlet, or runs the one of that name."))
                .addSubcommand(
                        "script",
                        elsewhere(
                                "script",
                                "martlet script FILE.java|FILE.kts [ARGUMENT]...",
                                "Runs a program of one file that uses Martlet, in Java or in Kotlin."))
                .addSubcommand(
                        "bench",
                        elsewhere(
                                "bench",
                                "martlet bench [OPTION]... [SCENARIO]...",
                                "Measures Martlet beside other clients."))
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new HelpCommand())
                .setOut(new PrintWriter(streams.out()))
                .setErr(new PrintWriter(streams.err(), true))
                .setUsageHelpWidth(width(streams.outColumns()))
                .setColorScheme(Help.defaultColorScheme(isColoured(streams) ? Help.Ansi.ON : Help.Ansi.OFF))
                // "@" begins no file of arguments: -d @FILE is a body.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((refusal, given) -> refuse(refusal))
                .setExecutionExceptionHandler((failure, given, parsed) -> refuse(failure, given));
    }

    /** A command of another module, which the start script builds when it is asked for; listed with the others. */
    private static CommandSpec elsewhere(String name, String synopsis, String description) {
        CommandSpec[] self = new CommandSpec[1];
        Runnable refusal = () -> {
            throw new ParameterException(
                    self[0].commandLine(), "Run it as samples/bin/martlet " + synopsis.substring("martlet ".length()));
        };
        self[0] = CommandSpec.wrapWithoutInspection(refusal)
                .name(name)
                .mixinStandardHelpOptions(true)
                .version(Version.TEXT);
        self[0].parser().unmatchedArgumentsAllowed(true);
        self[0].usageMessage().customSynopsis(synopsis).descriptionHeading("%n").description(description, "");
        return self[0];
    }

    private static int width(int columns) {
        return columns == 0 ? USUAL_COLUMNS : Math.min(MAX_COLUMNS, Math.max(MIN_COLUMNS, columns));
    }

    /** As https://no-color.org says. */
    private static boolean isColoured(Streams streams) {
        String noColour = System.getenv("NO_COLOR");
        return streams.outColumns() > 0 && (noColour == null || noColour.isEmpty());
    }

    /** Without a command: what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    private static int refuse(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof OptionException refusal) {
            return refuse(new ParameterException(command, String.valueOf(refusal.getMessage())));
        }
        throw failure;
    }

    private static int refuse(ParameterException refusal) {
        CommandLine command = refusal.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message = String.valueOf(refusal.getMessage())
                .replaceFirst("(?s)('--\\S+'): ('.*') is not an int$", "$1: must be a whole number but was $2");
        if (message.startsWith(UNKNOWN_COMMAND)) {
            String given = message.substring(UNKNOWN_COMMAND.length()).replaceFirst("(?s)'.*", "");
            message = "There is no command '" + given + "'" + suggestion(command, List.of(given));
        } else if (refusal instanceof UnmatchedArgumentException unknown) {
            // What follows it, or its "=", may be a secret: it is not known here what it is.
            String first = unknown.getUnmatched().get(0);
            boolean isOption = first.startsWith("-");
            String what = isOption
                    ? "Unknown option: "
                    : command.getParent() == null ? "There is no command " : "Unmatched argument: ";
            message = what + "'" + (isOption ? first.replaceFirst("(?s)=.*", "") : first) + "'"
                    + suggestion(command, unknown.getUnmatched());
        }
        return Main.refuse(command.getErr()::println, name, message);
    }

    private static String suggestion(CommandLine command, List<String> unmatched) {
        String given = unmatched.isEmpty() ? "" : unmatched.get(0).replaceFirst("(?s)=.*", "");
        boolean isOption = given.startsWith("-");
        if (!isOption && command.getParent() == null && given.contains("://")) {
            return "; did you mean martlet fetch URL?";
        }
        Collection<String> names = isOption
                ? command.getCommandSpec().optionsMap().keySet()
                : command.getSubcommands().keySet();
        String nearest = Nearest.to(given, names);
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }
}
