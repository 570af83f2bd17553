package io.martlet.samples.fetch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> NAMES = List.of("--timeout", "--read-timeout", "--retries", "--retry-on", "-c");

    @ParameterizedTest
    @CsvSource({
        "-C, -c",
        "--timout, --timeout",
        "--retrys, --retries",
        "--retry, --retry-on",
        "--readtimeout, --read-timeout"
    })
    void aMisspeltNameIsRecognised(String misspelt, String meant) {
        assertEquals(meant, Nearest.to(misspelt, NAMES));
    }

    @ParameterizedTest
    @CsvSource({"--nosuch", "--proxy", "-z"})
    void anotherWordIsNot(String other) {
        assertEquals(null, Nearest.to(other, NAMES));
    }
}
