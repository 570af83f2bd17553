/** How many requests there may be in a time. */
@NullMarked
package io.martlet.rate;

import org.jspecify.annotations.NullMarked;
