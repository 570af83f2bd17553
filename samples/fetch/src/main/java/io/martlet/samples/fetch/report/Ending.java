package io.martlet.samples.fetch.report;

import java.time.Instant;

/**
 * How a run ended.
 *
 * @param started   when it began
 * @param tookNanos how long it took
 * @param givenUp   requests that were under way and not waited for
 * @param why       it ended early, as {@code interrupted}; empty if it did not
 */
public record Ending(Instant started, long tookNanos, long givenUp, String why) {}
