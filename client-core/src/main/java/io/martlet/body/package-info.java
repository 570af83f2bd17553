/** Bodies of requests and responses, and the codecs between bytes and objects. */
@NullMarked
package io.martlet.body;

import org.jspecify.annotations.NullMarked;
