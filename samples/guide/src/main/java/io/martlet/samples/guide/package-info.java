/** {@code martlet guide}: which recipes there are, and how one is run. */
@NullMarked
package io.martlet.samples.guide;

import org.jspecify.annotations.NullMarked;
