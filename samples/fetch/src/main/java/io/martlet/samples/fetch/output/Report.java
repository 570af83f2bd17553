package io.martlet.samples.fetch.output;

import io.martlet.samples.fetch.trace.FetchResult;
import java.io.IOException;

/** The form in which results are printed. */
public interface Report {
    /** Prints what comes before all results. */
    void begin() throws IOException;

    /** Prints one result. */
    void result(FetchResult result) throws IOException;
}
