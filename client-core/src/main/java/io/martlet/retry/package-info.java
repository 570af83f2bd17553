/** Whether, when and how often a request that failed is tried again. */
@NullMarked
package io.martlet.retry;

import org.jspecify.annotations.NullMarked;
