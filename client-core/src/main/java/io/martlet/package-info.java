/**
 * Martlet, an asynchronous HTTP client: sessions, requests, many of them at once.
 *
 * <p>In Kotlin, start with {@code ClientSession}; in Java, with {@code io.martlet.async.AsyncSession} of the bridge.
 */
@NullMarked
package io.martlet;

import org.jspecify.annotations.NullMarked;
