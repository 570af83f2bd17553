/** Content codings undone (RFC 9110 §8.4): bytes in, bytes out, neither time nor sockets. */
@NullMarked
package io.martlet.internal.coding;

import org.jspecify.annotations.NullMarked;
