/** What can go wrong with a request, as one tree of exceptions under {@link io.martlet.error.ClientException}. */
@NullMarked
package io.martlet.error;

import org.jspecify.annotations.NullMarked;
