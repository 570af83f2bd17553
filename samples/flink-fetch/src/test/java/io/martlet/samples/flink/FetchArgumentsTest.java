package io.martlet.samples.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchArgumentsTest {
    private final StreamExecutionEnvironment environment =
            StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());

    @Test
    void whatIsNotSaidHasItsDefault() {
        FetchArguments arguments = parse("");
        environment.setParallelism(7);

        arguments.describe(environment);

        assertEquals(List.of(new Path("urls")), arguments.inputs());
        assertEquals(new Path("results"), arguments.output());
        assertEquals(
                new FetchSettings(10, Double.POSITIVE_INFINITY, 0, Duration.ofMinutes(5), 8_388_608),
                arguments.settings());
        assertEquals(7, environment.getParallelism());
        assertEquals(10_000, environment.getCheckpointInterval());
    }

    @Test
    void whatIsSaidIsTaken() {
        FetchArguments arguments = parse("-c 3 --rate 120/m --retries 2 --timeout 9 --max-body 5 --parallelism 4"
                + " --checkpoint 60 --input s3://b/more");

        arguments.describe(environment);

        assertEquals(List.of(new Path("urls"), new Path("s3://b/more")), arguments.inputs());
        assertEquals(new FetchSettings(3, 2, 2, Duration.ofSeconds(9), 5), arguments.settings());
        assertEquals(4, environment.getParallelism());
        assertEquals(60_000, environment.getCheckpointInterval());
    }

    @ParameterizedTest
    @CsvSource({"50, 50", "0.5/s, 0.5", "90/m, 1.5", "1800/h, 0.5"})
    void aRateHasAUnit(String rate, double perSecond) {
        assertEquals(perSecond, parse("--rate " + rate).settings().rate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rate 0",
                "--rate -1",
                "--rate 5/d",
                "--rate x",
                "-c 0",
                "--retries -1",
                "--timeout 0",
                "--max-body 0",
                "--checkpoint 0",
                "--parallelism 0",
                "--concurrency ten",
                "--unknown"
            })
    void whatMakesNoSenseIsRefused(String arguments) {
        assertThrows(IllegalArgumentException.class, () -> parse(arguments).describe(environment));
    }

    @Test
    void aMissingInputIsRefusedWithWhatThereIs() {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> FetchArguments.parse("--output", "results"));

        assertTrue(error.getMessage().contains("'--input=PATH'"), error.getMessage());
        assertTrue(error.getMessage().contains("--checkpoint=SECONDS"), error.getMessage());
    }

    /** Ten at once in each of two slots: the last has its turn after almost 20 seconds. */
    @ParameterizedTest
    @CsvSource({"20, false", "21, true"})
    void aRateThatIsTooLowForTheTimeoutIsRefused(int timeout, boolean isEnough) {
        assertEquals(isEnough, parse("--rate 1 --timeout " + timeout).settings().isRateEnough(2));
    }

    @Test
    void helpNeedsNothingElse() {
        assertTrue(FetchArguments.parse("--help").isHelpWanted());
    }

    private static FetchArguments parse(String more) {
        String all = "-i urls -o results " + more;
        return FetchArguments.parse(all.strip().split(" "));
    }
}
