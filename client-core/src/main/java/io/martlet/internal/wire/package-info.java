/**
 * The engine for HTTP/1.1: one request at a time on each of some pooled connections.
 *
 * <p>What a connection and an exchange do is decided here in Java, on the loop's thread; whatever waits is Kotlin.
 */
@NullMarked
package io.martlet.internal.wire;

import org.jspecify.annotations.NullMarked;
