package io.martlet.samples.fetch;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code martlet}. */
@Command(
        name = "martlet",
        mixinStandardHelpOptions = true,
        version = Main.VERSION,
        synopsisSubcommandLabel = "COMMAND",
        description = "Fetches many URLs at once.",
        footer = {
            "",
            "martlet COMMAND --help says more of each.",
            "The start script adds bench, which measures Martlet beside other clients,",
            "and guide, which lists and runs short programs that show how to use it."
        })
public final class Main implements Runnable {
    static final String VERSION = "martlet 0.1";

    /** Not everything succeeded. */
    static final int FAILED = 1;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Main() {}

    /** Runs the command, and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Streams.standard(), args));
    }

    /** Runs the command and returns its exit code. */
    static int run(Streams streams, String... args) {
        CommandLine command = new CommandLine(new Main())
                .addSubcommand(new FetchCommand(streams))
                .addSubcommand(new DownloadCommand(streams))
                .addSubcommand(new ServeCommand(streams))
                .addSubcommand(new CompletionCommand())
                .setOut(new PrintWriter(streams.out()))
                .setErr(new PrintWriter(streams.err(), true))
                // "@" begins no file of arguments: -d @FILE is a body.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((refusal, given) -> refuse(refusal));
        return command.execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: fetch, download or serve");
    }

    private static int refuse(ParameterException refusal) {
        CommandLine command = refusal.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        // An argument in the wrong place may be a URL with a password.
        String message = String.valueOf(refusal.getMessage()).replaceAll("//\\S*@", "//***@");
        if (refusal instanceof UnmatchedArgumentException unknown) {
            // And the value of a misspelt --bearer=TOKEN is one too.
            message = message.replaceAll("(?s)'(-[^=']*)=.*'", "'$1'");
            message += suggestion(command, unknown.getUnmatched());
        }
        command.getErr().println(name + ": " + Table.printable(message));
        command.getErr().println("Try: " + name + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static String suggestion(CommandLine command, List<String> unmatched) {
        String given = unmatched.isEmpty() ? "" : unmatched.get(0).replaceFirst("(?s)=.*", "");
        Collection<String> names = given.startsWith("-")
                ? command.getCommandSpec().optionsMap().keySet()
                : command.getSubcommands().keySet();
        String nearest = Nearest.to(given, names);
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }
}
