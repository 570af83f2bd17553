/** Settings as immutable values: validated while they are built, copied by {@code toBuilder()}. */
@NullMarked
package io.martlet.config;

import org.jspecify.annotations.NullMarked;
