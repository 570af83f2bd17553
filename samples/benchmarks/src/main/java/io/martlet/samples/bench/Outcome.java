package io.martlet.samples.bench;

import java.util.List;

/**
 * One scenario, measured.
 *
 * @param server what answered
 * @param rows   in the order of the rounds
 */
record Outcome(Scenario scenario, int inFlight, String server, List<Row> rows) {}
