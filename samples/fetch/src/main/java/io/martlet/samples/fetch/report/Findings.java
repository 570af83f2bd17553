package io.martlet.samples.fetch.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What somebody who looks at the figures would see first, in words. */
final class Findings {
    private static final int MAX_EACH = 3;

    /** Fewer requests tell nothing of a host. */
    private static final int MIN_REQUESTS = 3;

    private static final double SLOWER = 3;
    private static final long MIN_DIFFERENCE_NANOS = 10_000_000;
    private static final double MANY_FAILED = 0.2;
    private static final double LONG_QUEUE = 0.5;

    /**
     * One of them.
     *
     * @param subject what it is about; a host, where {@code isHost} says so
     * @param text    what is said of it
     */
    record Finding(String subject, boolean isHost, String text) {}

    private Findings() {}

    /** Of hosts, the slowest first, and of phases; empty if nothing stands out. */
    static List<Finding> of(List<HostFigures> hosts, StageTimes stages) {
        List<Finding> found = new ArrayList<>(slowHosts(hosts));
        hosts.stream()
                .filter(host -> host.failed() >= MIN_REQUESTS && host.failed() >= MANY_FAILED * host.count())
                .limit(MAX_EACH)
                .map(host -> new Finding(
                        host.host(),
                        true,
                        "fails: " + Units.count(host.failed()) + " of its " + Units.count(host.count())
                                + " requests did."))
                .forEach(found::add);
        if (stages.share(Stage.QUEUE) >= LONG_QUEUE) {
            String percent = Units.percent(stages.share(Stage.QUEUE));
            found.add(new Finding("Waiting for connections", false, "took " + percent + " of all time."));
        }
        return List.copyOf(found);
    }

    private static List<Finding> slowHosts(List<HostFigures> hosts) {
        long usual = usual(hosts);
        return hosts.stream()
                .filter(host -> hosts.size() > 1 && host.count() >= MIN_REQUESTS)
                .filter(host -> host.times().at(50) >= SLOWER * usual)
                .filter(host -> host.times().at(50) - usual >= MIN_DIFFERENCE_NANOS)
                .limit(MAX_EACH)
                .map(host -> new Finding(
                        host.host(),
                        true,
                        "is slow: half of its " + Units.count(host.count()) + " requests took "
                                + Units.time(host.times().at(50)) + " or longer; the usual median of a host is "
                                + Units.time(usual) + "."))
                .toList();
    }

    /**
     * The median, the lower of two, of the medians of all hosts: a slow host among two is told by the other. What fails is
     * often fast, so hosts that mostly do are not asked.
     */
    private static long usual(List<HostFigures> hosts) {
        long[] medians = hosts.stream()
                .filter(host -> host.failed() * 2 <= host.count())
                .mapToLong(host -> host.times().at(50))
                .toArray();
        Arrays.sort(medians);
        return medians.length == 0 ? Long.MAX_VALUE : medians[(medians.length - 1) / 2];
    }
}
