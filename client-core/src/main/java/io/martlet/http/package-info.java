/**
 * The values of HTTP: what a request and a response consist of.
 *
 * <p>Every type here is immutable unless it is a builder, does no I/O and depends on nothing above it: it can be shared
 * between threads, compared and tested without a session.
 */
@NullMarked
package io.martlet.http;

import org.jspecify.annotations.NullMarked;
