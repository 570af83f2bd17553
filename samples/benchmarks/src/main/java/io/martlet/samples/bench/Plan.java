package io.martlet.samples.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;

/**
 * How long everything takes.
 *
 * @param warmUp     before the first round, not counted
 * @param rounds     that are counted
 * @param round      length of one, where it is not a number of requests
 * @param bodyBytes  of the large bodies of one round, in all
 * @param inFlight   most requests at once; a scenario that wants more gets these
 */
record Plan(Duration warmUp, int rounds, Duration round, long bodyBytes, int inFlight) {
    private static final long GIB = 1L << 30;
    private static final int MAX_IN_FLIGHT = 10_000;
    private static final int OTHER_FILES = 500;

    /** What figures are taken with. */
    static Plan full() {
        return new Plan(Duration.ofSeconds(10), 5, Duration.ofSeconds(5), GIB, mostConnections());
    }

    /** A first impression: small-get and fan-out take a minute each. */
    static Plan quick() {
        return new Plan(Duration.ofMillis(500), 3, Duration.ofMillis(220), GIB / 8, 1_000);
    }

    private static int mostConnections() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        long files =
                system instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : MAX_IN_FLIGHT;
        return (int) Math.min(MAX_IN_FLIGHT, Math.max(1, files - OTHER_FILES));
    }

    /** How many requests the scenario has at once. */
    int inFlight(Scenario scenario) {
        return Math.min(scenario.inFlight(), inFlight);
    }

    /** Before each counted round, not counted: opens connections again that were closed meanwhile. */
    Duration leadIn() {
        return round.dividedBy(10);
    }
}
