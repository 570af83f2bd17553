/** Trace events and statistics: what happens to requests on their way. */
@NullMarked
package io.martlet.trace;

import org.jspecify.annotations.NullMarked;
