package io.martlet.samples.fetch.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A scale from 0 to a little more than the largest value, with few round ticks.
 *
 * @param step between ticks: 1, 2 or 5 times a power of ten
 * @param end  the last tick, which no value exceeds; above 0
 */
record Axis(double step, double end) {
    /** For values up to {@code max}, with at most so many steps; the step is no smaller than {@code minStep}. */
    static Axis upTo(double max, int steps, double minStep) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(max, minStep) / steps)));
        double step = power * 10;
        for (double factor : new double[] {5, 2, 1}) {
            if (power * factor * steps >= max && power * factor >= minStep) {
                step = power * factor;
            }
        }
        return new Axis(step, Math.max(1, Math.ceil(max / step - 1e-9)) * step);
    }

    /** From 0 to the end. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= end + step / 2; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** Where a value lies: 0 at the begin, 1 at the end. */
    double at(double value) {
        return value / end;
    }
}
