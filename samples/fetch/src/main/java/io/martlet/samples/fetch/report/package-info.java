/**
 * The page that {@code martlet fetch --report} writes.
 *
 * <p>{@code RunReport} hears of each request and writes the page in the end. What is counted ({@code Percentiles},
 * {@code Histogram}, {@code TimeLine}, {@code HostFigures}, {@code ErrorGroups}, {@code StageTimes}) knows nothing of how it
 * is shown ({@code …View}), and nothing here knows HTTP. The page is complete without its script, but for the table of
 * requests.
 */
@NullMarked
package io.martlet.samples.fetch.report;

import org.jspecify.annotations.NullMarked;
