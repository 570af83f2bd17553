/** What a download asks for, what it makes of an answer, and what it keeps on disk. */
@NullMarked
package io.martlet.internal.download;

import org.jspecify.annotations.NullMarked;
