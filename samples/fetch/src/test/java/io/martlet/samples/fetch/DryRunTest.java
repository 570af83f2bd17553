package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.Cli.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that --dry-run prints. */
class DryRunTest {
    private static final String ALWAYS =
            "curl --location --max-redirs 10 --compressed --max-time 300.0 --connect-timeout 30.0";

    @TempDir
    private Path directory;

    @Test
    void nothingIsSentAndEachUrlIsACommand() {
        Result result =
                Cli.run("fetch", "--dry-run", "-X", "HEAD", "http://127.0.0.1:1/a?b=c&d", "http://127.0.0.1:1/");
        assertEquals(0, result.exitCode(), result.err());
        String head = ALWAYS + " --head --header 'User-Agent: martlet-fetch/0.1' ";
        assertEquals(head + "'http://127.0.0.1:1/a?b=c&d'\n" + head + "http://127.0.0.1:1/\n", result.out());
    }

    @Test
    void allOptionsThatCurlHasAreThere() {
        String options = "--no-redirects --no-decompress --timeout 5 --connect-timeout 0 --retries 3 --max-body 1K"
                + " --netrc --cookie-jar pom.jar --resolve a:1:127.0.0.1 -k --tls-min 1.3 http://a:1/";
        Result result = Cli.run(("fetch --dry-run " + options).split(" "));
        assertEquals(
                "curl --max-time 5.0 --retry 3 --max-filesize 1024 --netrc-optional --cookie pom.jar --cookie-jar"
                        + " pom.jar --resolve a:1:127.0.0.1 --insecure --tlsv1.3 --header 'User-Agent:"
                        + " martlet-fetch/0.1' http://a:1/\n",
                result.out());
    }

    @Test
    void secretsAreHiddenUnlessAskedFor() {
        String[] options = {
            "fetch",
            "--dry-run",
            "-u",
            "me:hunter2",
            "-b",
            "a=hunter2",
            "-H",
            "X-Api-Key: hunter2",
            "--json",
            "{\"password\": \"hunter2\", \"a\": 1}",
            "http://127.0.0.1:1/?token=hunter2"
        };
        String hidden = Cli.run(options).out();
        assertFalse(hidden.contains("hunter2"), hidden);
        assertTrue(hidden.contains("--user 'me:(hidden)'"), hidden);
        assertTrue(hidden.contains("--data-raw '{\"password\": \"***\", \"a\": 1}'"), hidden);
        List<String> shown = new ArrayList<>(List.of(options));
        shown.add("--show-secrets");
        String open = Cli.run(shown.toArray(String[]::new)).out();
        assertEquals(5, open.split("hunter2", -1).length - 1, open);
    }

    @Test
    void theUserOfAUrlIsAnOption() {
        Result result = Cli.run("fetch", "--dry-run", "http://me:hunter2@127.0.0.1:1/");
        assertTrue(result.out().contains("--user 'me:(hidden)' "), result.out());
        assertTrue(result.out().endsWith(" http://127.0.0.1:1/\n"), result.out());
    }

    @Test
    void aLineThatCannotBeReadIsAComment() {
        Result result = Cli.runWithInput("http://127.0.0.1:1/\nnonsense\n", "fetch", "--dry-run", "-i", "-");
        assertEquals(1, result.exitCode());
        assertTrue(result.out().contains("\n# 2: Invalid URL \"nonsense\": it has no scheme"), result.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-d|a'b \"c\"",
                "--json|{\"a\":\n 1}",
                "-F|a=1|-F|f=@FILE",
                "-d|@FILE",
                "-X|PUT|-b|a=1",
                "-H|X-A: 1",
                "-H|X-A:",
                "-X|POST",
                "-X|DELETE",
                "-F|f=@ODD",
                "--max-redirects|3|URLanything?a[0]=1&b={1,2}"
            })
    void curlSendsWhatTheCommandWouldSend(String options) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed: apt-get install curl");
        Path file = Files.writeString(directory.resolve("data.txt"), "of a file");
        Path odd = Files.writeString(directory.resolve("a,b;c \"d\" \\e.txt"), "of another");
        try (DemoServer server = DemoServer.start(0)) {
            List<String> args = new ArrayList<>(List.of("fetch"));
            String values = options.contains("URL") ? options : options + "|URLanything";
            args.addAll(List.of(values.replace("FILE", file.toString())
                    .replace("ODD", odd.toString())
                    .replace("URL", server.baseUrl())
                    .split("\\|")));
            args.addAll(List.of("-o", directory.toString(), "--show-secrets"));
            assertEquals(0, Cli.run(args.toArray(String[]::new)).exitCode());
            args.add("--dry-run");
            String command = Cli.run(args.toArray(String[]::new)).out();
            Process curl = new ProcessBuilder("/bin/bash", "-c", command).start();
            String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, curl.waitFor(), command);
            assertEquals(
                    comparable(Cli.parse(Files.readString(directory.resolve("00001-anything")))),
                    comparable(Cli.parse(answer)),
                    command);
        }
    }

    /** Without what differs by nature: the boundary and length of a form, the codings that are understood. */
    private static JsonNode comparable(JsonNode echo) {
        ObjectNode headers = (ObjectNode) echo.get("headers");
        headers.remove(List.of("Accept-Encoding", "Content-Length"));
        if (headers.path("Content-Type").asText().startsWith("multipart/")) {
            headers.remove("Content-Type");
        }
        return echo;
    }
}
