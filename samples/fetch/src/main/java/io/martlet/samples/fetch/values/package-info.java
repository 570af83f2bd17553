/** Values of options and lines, each read out of a text; {@code OptionException} says what is wrong with one. */
@NullMarked
package io.martlet.samples.fetch.values;

import org.jspecify.annotations.NullMarked;
