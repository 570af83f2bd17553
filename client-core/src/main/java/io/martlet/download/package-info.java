/** Files that are fetched whole, resumed and checked: what to ask for, and what came of it. */
@NullMarked
package io.martlet.download;

import org.jspecify.annotations.NullMarked;
