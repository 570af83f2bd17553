/** The clients, each tuned as its own documentation says and reduced to one call. */
@NullMarked
package io.martlet.samples.bench.client;

import org.jspecify.annotations.NullMarked;
