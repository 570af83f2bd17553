/** Whose turn it is: buckets of tokens, those who wait for one, and what servers say of their limits. */
@NullMarked
package io.martlet.internal.rate;

import org.jspecify.annotations.NullMarked;
