/**
 * Event loops, sockets, timers, connecting and name look-ups; not for users.
 *
 * <p>Everything here is non-blocking but the JDK's look-up of names, which has threads of its own. Loops never run user code.
 */
@NullMarked
package io.martlet.internal.net;

import org.jspecify.annotations.NullMarked;
