package io.martlet.internal.rate;

import org.jspecify.annotations.Nullable;

/** One who waits in a {@link TurnBook}, which guards it. */
public final class Turn {
    final String host;
    final Runnable wake;

    /** Null where nothing is known of the host. */
    @Nullable
    Lane lane;

    /** When it may go at the earliest, as far as is known. */
    long earliest;

    boolean isOver;

    Turn(String host, Runnable wake) {
        this.host = host;
        this.wake = wake;
    }
}
