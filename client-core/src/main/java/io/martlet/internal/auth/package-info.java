/** How challenges are answered; decided here, without coroutines. */
@NullMarked
package io.martlet.internal.auth;

import org.jspecify.annotations.NullMarked;
