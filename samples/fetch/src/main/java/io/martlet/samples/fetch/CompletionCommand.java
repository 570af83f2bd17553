package io.martlet.samples.fetch;

import io.martlet.samples.fetch.text.Version;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code martlet completion}: a script with which bash and zsh complete commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        version = Version.TEXT,
        descriptionHeading = "%n",
        description = {"Prints a script that lets bash and zsh complete commands and options.", ""},
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(martlet completion)",
            "  martlet completion > ~/.martlet-completion",
            "  echo '. ~/.martlet-completion' >> ~/.bashrc"
        })
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine martlet = spec.parent().commandLine();
        spec.commandLine().getOut().println(AutoComplete.bash("martlet", martlet));
        spec.commandLine().getOut().flush();
    }
}
