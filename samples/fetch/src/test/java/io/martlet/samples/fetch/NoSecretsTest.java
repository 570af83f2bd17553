package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.demo.DemoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets of every kind, in all that the command prints and writes at once. */
class NoSecretsTest {
    private static DemoServer server;
    private static String base;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        server = DemoServer.start(0);
        base = server.baseUrl();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "jsonl", "csv"})
    void noOutputShowsASecretUnlessAskedFor(String format) throws IOException {
        for (String output : outputs(format)) {
            assertEquals(-1, output.indexOf("hunter2"), () -> around(output));
        }
        long shown = outputs(format, "--show-secrets").stream()
                .filter(output -> output.contains("hunter2"))
                .count();
        assertEquals(4, shown);
    }

    private List<String> outputs(String format, String... more) throws IOException {
        Path har = directory.resolve("run.har");
        Path report = directory.resolve("report.html");
        List<String> args = new ArrayList<>(List.of("fetch", "-v", "--format", format, "--max-redirects", "1"));
        args.addAll(List.of("--har", har.toString(), "--report", report.toString()));
        args.addAll(
                List.of("-u", "me:hunter2", "-b", "a=hunter2", "-H", "X-Api-Key: hunter2", "-d", "password=hunter2"));
        args.addAll(List.of(more));
        String gone = Peer.refusingUrl();
        args.addAll(List.of(
                base + "anything?token=hunter2",
                base.replace("//", "//me:hunter2@") + "anything",
                base + "redirect-to?url=/anything%3Ftoken%3Dhunter2",
                base + "redirect-to?url=/redirect-to%3Furl%3D/x%253Ftoken%253Dhunter2",
                gone.replace("//", "//me:hunter2@") + "?password=hunter2",
                "http://me:hunter2@[/?token=hunter2",
                "http://a b/?token=hunter2"));
        Cli.Result result = Cli.run(args.toArray(String[]::new));
        assertTrue(result.out().contains("anything"), result.err());
        return List.of(result.out(), result.err(), Files.readString(har), Files.readString(report));
    }

    private static String around(String output) {
        int at = output.indexOf("hunter2");
        return output.substring(Math.max(0, at - 200), Math.min(output.length(), at + 50));
    }
}
