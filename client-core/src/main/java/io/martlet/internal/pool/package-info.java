/**
 * Who may have a connection, who waits, what is idle or expired: decided in plain code, under the caller's lock,
 * without threads, sockets or a clock. {@link io.martlet.internal.pool.SlotBook} is the door.
 */
@NullMarked
package io.martlet.internal.pool;

import org.jspecify.annotations.NullMarked;
