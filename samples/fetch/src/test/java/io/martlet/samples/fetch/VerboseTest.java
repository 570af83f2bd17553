package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.demo.DemoServer;
import io.martlet.samples.fetch.Cli.Result;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What -v tells. */
class VerboseTest {
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

    @Test
    void eachStepIsALineInItsOrder() {
        Result result = Cli.run("fetch", "-v", "-c", "1", "-d", "abc", base + "anything", base + "anything");
        List<String> steps = result.err()
                .lines()
                .map(line -> line.replaceAll("[0-9.]+ ms", "N ms"))
                .filter(line -> !line.matches("\\[\\d] [<>] \\S+: .*"))
                .toList();
        assertEquals(
                List.of(
                        "[1] * 127.0.0.1 is 127.0.0.1, N ms",
                        "[1] * connected to 127.0.0.1:" + server.port() + ", N ms",
                        "[1] > POST " + base + "anything",
                        "[1] >",
                        "[1] * sent a body of 3 bytes",
                        "[1] < 200",
                        "[1] <"),
                steps.subList(0, 7));
        assertTrue(steps.get(7).matches("\\[1] \\* \\d+ bytes, N ms in all"), steps.get(7));
        assertEquals("[2] * uses the connection to 127.0.0.1:" + server.port() + " again", steps.get(8));
    }

    @Test
    void headersAreShown() {
        Result result = Cli.run("fetch", "-v", "-H", "X-A: 1", base + "response-headers?X-B=2");
        assertTrue(result.err().contains("[1] > X-A: 1\n"), result.err());
        assertTrue(result.err().contains("[1] < X-B: 2\n"), result.err());
    }

    @Test
    void aFailureIsTold() {
        Result result = Cli.run("fetch", "-v", Peer.refusingUrl());
        assertTrue(result.err().contains("[1] * failed: Cannot connect to 127.0.0.1:"), result.err());
    }

    @Test
    void secretsAreHiddenUnlessAskedFor() {
        String[] secret = {
            "fetch",
            "-v",
            "-u",
            "me:hunter2",
            "-b",
            "a=hunter2",
            "-H",
            "X-Api-Key: hunter2",
            base + "cookies/set?session=hunter2&token=hunter2"
        };
        Result hidden = Cli.run(secret);
        String messages = hidden.err();
        assertTrue(messages.contains("[1] > Authorization: (hidden)\n"), messages);
        assertTrue(messages.contains("[1] > Cookie: (hidden)\n"), messages);
        assertTrue(messages.contains("[1] > X-Api-Key: (hidden)\n"), messages);
        assertTrue(messages.contains("[1] < Set-Cookie: (hidden)\n"), messages);
        assertFalse(messages.contains("hunter2"), messages);
        secret[0] = "fetch";
        String[] shown = new String[secret.length + 1];
        System.arraycopy(secret, 0, shown, 0, secret.length);
        shown[secret.length] = "--show-secrets";
        assertTrue(Cli.run(shown).err().contains("[1] > X-Api-Key: hunter2\n"));
    }
}
