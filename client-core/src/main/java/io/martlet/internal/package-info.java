/** How it works inside. Public to the compiler, not to users: anything here may change in any release. */
@NullMarked
package io.martlet.internal;

import org.jspecify.annotations.NullMarked;
