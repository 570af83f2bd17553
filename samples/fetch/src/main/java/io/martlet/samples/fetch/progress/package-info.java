/** How far a run is: counted by {@code RunMeter}, put into words by {@code ProgressText}, shown on a terminal or in a log. */
@NullMarked
package io.martlet.samples.fetch.progress;

import org.jspecify.annotations.NullMarked;
