package io.martlet.samples.fetch.values;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time limit in seconds, decimals allowed; zero means none. */
public final class Seconds implements ITypeConverter<Duration> {
    private static final BigDecimal MIN = new BigDecimal("0.001");
    private static final BigDecimal MAX = new BigDecimal("1000000000");

    @Override
    public Duration convert(String text) {
        BigDecimal seconds;
        try {
            seconds = new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw refusal(text);
        }
        if (seconds.signum() == 0) {
            return Duration.ZERO;
        }
        // What would be rounded to zero would mean no limit at all.
        if (seconds.compareTo(MIN) < 0 || seconds.compareTo(MAX) > 0) {
            throw refusal(text);
        }
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }

    private static TypeConversionException refusal(String text) {
        return new TypeConversionException(
                "must be seconds, " + MIN + " to " + MAX + ", or 0 for none, but was '" + text + "'");
    }
}
