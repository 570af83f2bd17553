/** What runs in the JVM of one client: it makes requests, counts them and tells what they cost. */
@NullMarked
package io.martlet.samples.bench.worker;

import org.jspecify.annotations.NullMarked;
