/** A run of {@code fetch}: {@code FetchRun} leads, {@code OrderedRun} keeps order and limits, {@code Fetcher} makes one request. */
@NullMarked
package io.martlet.samples.fetch.run;

import org.jspecify.annotations.NullMarked;
