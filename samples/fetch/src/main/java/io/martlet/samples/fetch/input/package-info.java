/** What is to be fetched: lines of files, the requests that they describe, and those that earlier runs have done. */
@NullMarked
package io.martlet.samples.fetch.input;

import org.jspecify.annotations.NullMarked;
