package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.Cli.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is asking, and that no secret of it is ever shown. */
class LoginOptionsTest {
    private static DemoServer server;
    private static String base;

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
    @CsvSource({
        "-u me:hunter2, basic-auth/me/hunter2, 200",
        "-u me:hunter3, basic-auth/me/hunter2, 401",
        "-u me:hunter2 --digest, digest-auth/auth/me/hunter2, 200",
        "--bearer hunter2, bearer, 200",
        "--engine cio -u me:hunter2, basic-auth/me/hunter2, 200"
    })
    void credentialsAreSent(String options, String page, String status) {
        Result result = Cli.run(("fetch --format jsonl " + options + " " + base + page).split(" "));
        assertEquals(List.of(status), result.json("status"));
        assertFalse((result.out() + result.err()).replace(base + page, "").contains("hunter"), result.out());
    }

    @Test
    void credentialsGoToTheFirstHostOnly() {
        String other = base.replace("127.0.0.1", "localhost");
        Result result = Cli.run(
                "fetch",
                "--format",
                "jsonl",
                "--bearer",
                "hunter2",
                base + "bearer",
                other + "bearer",
                base + "bearer",
                base + "redirect-to?url=" + other + "bearer");
        assertEquals(List.of("200", "401", "200", "401"), result.json("status"));
    }

    @Test
    void credentialsComeFromTheFileThatNetrcNames(@TempDir Path directory) throws Exception {
        Path netrc = Files.writeString(directory.resolve("netrc"), "machine 127.0.0.1 login me password hunter2\n");
        Path messages = directory.resolve("messages");
        Process fetch = Cli.start(messages, "NETRC=" + netrc, "fetch", "--netrc", base + "basic-auth/me/hunter2");
        assertTrue(fetch.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, fetch.exitValue(), Files.readString(messages));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-u hunter2                 | '--user': must be USER:PASSWORD, and there is no colon",
                "-u hunter2\u0001:hunter2   | '--user': user of Basic holds a control character",
                "--bearer hunter2\u0001x    | '--bearer': ",
                "--digest                   | --digest needs --user",
                "-u a:hunter2 --netrc       | Give one of --user, --bearer and --netrc",
                "-u a:hunter2 --bearer b    | Give one of --user, --bearer and --netrc"
            })
    void aWrongLoginIsRefusedWithoutShowingIt(String options, String message) {
        Result result = Cli.run(("fetch " + options).split(" "));
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains(message), result.err());
        assertFalse(result.err().contains("hunter"), result.err());
    }
}
