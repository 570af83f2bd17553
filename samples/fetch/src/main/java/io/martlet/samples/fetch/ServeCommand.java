package io.martlet.samples.fetch;

import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.options.Libraries;
import io.martlet.samples.fetch.output.Streams;
import io.martlet.samples.fetch.run.Interruption;
import io.martlet.samples.fetch.run.RunEnding;
import io.martlet.samples.fetch.text.Version;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code martlet serve}: the demo server until it is interrupted. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        version = Version.TEXT,
        descriptionHeading = "%n",
        description = {"Serves pages like those of httpbin on 127.0.0.1, until it is interrupted.", ""},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:the port is taken", "2:wrong usage", "143:terminated, as 130 is interrupted"},
        footerHeading = "%nExamples:%n",
        footer = {"  martlet serve --port 8080", "  martlet fetch http://127.0.0.1:8080/delay/1"})
final class ServeCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port to listen on. Default: ${DEFAULT-VALUE}; 0 for any that is free")
    private int port;

    ServeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--port': must be 0 to 65535 but was " + port);
        }
        Libraries.need(Libraries.DEMO_SERVER);
        try (DemoServer server = DemoServer.start(port)) {
            PrintStream out = new PrintStream(streams.out(), true, StandardCharsets.UTF_8);
            out.println("Serving " + server.baseUrl() + " until Ctrl-C");
            new CountDownLatch(1).await();
            return RunEnding.FAILED;
        } catch (InterruptedException e) {
            return Interruption.EXIT_CODE;
        } catch (UncheckedIOException e) {
            streams.err().println("martlet: " + e.getMessage());
            return RunEnding.FAILED;
        }
    }
}
