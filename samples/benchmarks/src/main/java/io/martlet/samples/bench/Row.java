package io.martlet.samples.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one contestant.
 *
 * @param samples one for each round
 * @param failure why there are no more; null if all went well
 */
record Row(
        Contestant contestant,
        List<Sample> samples,
        @Nullable String failure) {
    /** Over all rounds; empty for a contestant that failed. */
    Map<Metric, Double> medians() {
        return failure == null ? Statistics.medians(samples) : Map.of();
    }
}
