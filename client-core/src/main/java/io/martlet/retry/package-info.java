/** Retries: whether, when and how often a failed request is tried again; circuit breakers and hedging. */
@NullMarked
package io.martlet.retry;

import org.jspecify.annotations.NullMarked;
