/** Who is asking: credentials, and the challenges that ask for them (RFC 9110 §11). */
@NullMarked
package io.martlet.auth;

import org.jspecify.annotations.NullMarked;
