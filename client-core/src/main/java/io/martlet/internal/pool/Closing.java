package io.martlet.internal.pool;

import java.util.List;

/**
 * What is left when a book is closed.
 *
 * @param connections all of them, those in use included, to be closed; in no particular order
 * @param waiters     all who have not taken a slot, to be failed; in their order of arrival
 */
public record Closing<C, W>(List<C> connections, List<W> waiters) {}
