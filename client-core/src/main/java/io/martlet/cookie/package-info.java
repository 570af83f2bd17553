/** Cookies: what servers set, what is sent back, and how both are kept (RFC 6265bis). */
@NullMarked
package io.martlet.cookie;

import org.jspecify.annotations.NullMarked;
