/** The options in groups: what a session, its requests and a run are to be like. Each is a line of use of {@code io.martlet.async}. */
@NullMarked
package io.martlet.samples.fetch.options;

import org.jspecify.annotations.NullMarked;
