/**
 * Martlet, an asynchronous HTTP client: sessions, requests, many of them at once.
 *
 * <p>{@code ClientSession} is where to start in Kotlin; Java starts at {@code io.martlet.async.AsyncSession} of the
 * bridge.
 */
@NullMarked
package io.martlet;

import org.jspecify.annotations.NullMarked;
