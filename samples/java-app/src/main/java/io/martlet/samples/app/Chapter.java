package io.martlet.samples.app;

import java.io.PrintStream;

/** One subject, shown by doing it. */
@FunctionalInterface
interface Chapter {
    /**
     * Does what the chapter is about and prints what came of it, a few lines.
     *
     * @param url the root of the demo server, with a slash at its end
     */
    void tell(String url, PrintStream out) throws Exception;
}
