package io.martlet.samples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UsageTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void anUnknownScenarioIsRefused() {
        assertEquals(2, run("small-gat"));
        assertEquals("martlet bench: Unknown scenario: small-gat\nTry: martlet bench --help\n", text(err));
    }

    @Test
    void anUnknownClientIsRefused() {
        assertEquals(2, run("--clients", "okhttp,curl"));
        assertEquals("martlet bench: Unknown client: curl\nTry: martlet bench --help\n", text(err));
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertEquals(2, run("--slow"));
        assertTrue(text(err).contains("--slow"), text(err));
    }

    @Test
    void helpNamesEveryScenario() {
        assertEquals(0, run("--help"));
        String help = text(out).replaceAll("\\s+", " ");
        for (Scenario scenario : Scenario.values()) {
            assertTrue(help.contains(scenario.label()), help);
        }
    }

    private int run(String... args) {
        return Main.run(print(out), print(err), args);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
