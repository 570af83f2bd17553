/** Rate limits: how many requests are sent per second. */
@NullMarked
package io.martlet.rate;

import org.jspecify.annotations.NullMarked;
