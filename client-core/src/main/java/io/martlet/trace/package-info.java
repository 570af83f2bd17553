/** What happens to requests on their way, for those who want to watch. */
@NullMarked
package io.martlet.trace;

import org.jspecify.annotations.NullMarked;
