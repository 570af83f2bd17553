/** Text as it may be shown: without secrets, unable to command a terminal, short. */
@NullMarked
package io.martlet.samples.fetch.text;

import org.jspecify.annotations.NullMarked;
