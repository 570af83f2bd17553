/**
 * An httpbin-like server to try an HTTP client against, without a network.
 *
 * <p>{@link io.martlet.samples.demo.DemoServer} starts and stops it, {@code Routes} lists every page it has.
 */
@NullMarked
package io.martlet.samples.demo;

import org.jspecify.annotations.NullMarked;
