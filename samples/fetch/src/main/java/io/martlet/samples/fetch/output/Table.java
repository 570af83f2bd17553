package io.martlet.samples.fetch.output;

import io.martlet.samples.fetch.text.Decimals;
import io.martlet.samples.fetch.text.Printable;
import io.martlet.samples.fetch.trace.FetchResult;
import io.martlet.samples.fetch.trace.FetchResult.Failure;
import java.io.IOException;

/** Aligned columns for people: number from 1, status or kind of failure, bytes, milliseconds, URL. */
public final class Table implements Report {
    private static final String EXCEPTION = "Exception";
    private static final int MIN_URL_CHARS = 20;

    /** The longest kind of failure is ServerDisconnected. */
    private static final int STATUS_WIDTH = 18;

    private final LineOutput out;
    private final int numberWidth;
    private final int maxUrlChars;

    /**
     * A table for so many results; 0 if that is not known. URLs are cut to fit into lines of {@code columns}
     * characters; 0 leaves them as they are.
     */
    public Table(LineOutput out, long results, int columns) {
        this.out = out;
        this.numberWidth = results == 0 ? 6 : Math.max(3, Long.toString(results).length());
        int urlStart = line("", "", "", "", "").length();
        this.maxUrlChars = columns == 0 ? Integer.MAX_VALUE : Math.max(MIN_URL_CHARS, columns - urlStart);
    }

    @Override
    public void begin() throws IOException {
        out.line(line("#", "status", "bytes", "ms", "URL"));
    }

    @Override
    public void result(FetchResult result) throws IOException {
        String bytes = result.body() == null ? "-" : Long.toString(result.body().bytes());
        String url = Printable.cutInTheMiddle(Printable.of(result.url()), maxUrlChars);
        String number = Long.toString(result.index() + 1);
        out.line(line(number, status(result), bytes, Long.toString(result.elapsedMillis()), url));
        Failure failure = result.failure();
        if (failure != null) {
            String phase = failure.phase() == null ? "" : " [" + failure.phase() + "]";
            out.line(line("", Printable.of(failure.message()) + phase, "", "", "")
                    .stripTrailing());
        }
    }

    private String line(String number, String status, String bytes, String millis, String url) {
        return Decimals.right(number, numberWidth) + "  " + Decimals.left(status, STATUS_WIDTH) + " "
                + Decimals.right(bytes, 12) + " " + Decimals.right(millis, 8) + "  " + url;
    }

    private static String status(FetchResult result) {
        if (result.failure() != null) {
            String type = result.failure().type();
            return type.endsWith(EXCEPTION) ? type.substring(0, type.length() - EXCEPTION.length()) : type;
        }
        if (result.isKept()) {
            return "kept";
        }
        return result.head() == null ? "-" : Integer.toString(result.head().status());
    }
}
