package io.martlet.internal.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done, outside the lock, after the book was told something.
 *
 * @param granted whom to wake, so that it calls {@link SlotBook#take}; null if it is nobody's turn. It is one at most:
 *     whatever happens frees at most one slot, and nobody waits while there is a free one that fits
 * @param toClose connections that the book has dropped, to be closed; closing one twice must do no harm
 */
public record Actions<C, W>(@Nullable W granted, List<C> toClose) {}
