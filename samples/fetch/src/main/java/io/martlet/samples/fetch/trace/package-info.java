/** What is heard of a request on its way, hop by hop, and what came of it: {@code FetchResult}. */
@NullMarked
package io.martlet.samples.fetch.trace;

import org.jspecify.annotations.NullMarked;
