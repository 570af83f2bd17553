package io.martlet.samples.fetch;

import java.io.IOException;

/** The form in which results are printed. */
interface Report {
    /** Prints what comes before all results. */
    void begin() throws IOException;

    /** Prints one result. */
    void result(FetchResult result) throws IOException;
}
