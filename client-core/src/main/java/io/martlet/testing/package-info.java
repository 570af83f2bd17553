/** For tests of programs that use Martlet: a session without a network. */
@NullMarked
package io.martlet.testing;

import org.jspecify.annotations.NullMarked;
