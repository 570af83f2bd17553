package io.martlet.internal.wire;

import io.martlet.internal.pool.SlotStats;
import io.martlet.trace.SessionStatistics;
import java.util.concurrent.atomic.LongAdder;

/** What an engine has done so far. */
final class Tally {
    final LongAdder completed = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder abandoned = new LongAdder();
    final LongAdder repeated = new LongAdder();

    SessionStatistics with(SlotStats slots) {
        return new SessionStatistics(
                slots.active(),
                slots.opening(),
                slots.idle(),
                slots.queued(),
                slots.opened(),
                slots.reused(),
                completed.sum(),
                failed.sum(),
                abandoned.sum(),
                repeated.sum());
    }
}
