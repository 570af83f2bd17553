/** {@code martlet bench}: Martlet and its peers, side by side in one run. */
@NullMarked
package io.martlet.samples.bench;

import org.jspecify.annotations.NullMarked;
