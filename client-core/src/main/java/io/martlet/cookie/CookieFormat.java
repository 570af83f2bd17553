package io.martlet.cookie;

import java.util.Collection;
import java.util.List;

/** How cookies stand in a file. */
interface CookieFormat {
    String write(Collection<Cookie> cookies);

    /**
     * The cookies in {@code text}.
     *
     * @throws IllegalArgumentException if it is not in this format; its message quotes nothing of it
     */
    List<Cookie> read(String text);
}
