package io.martlet.samples.fetch.report;

import io.martlet.samples.fetch.report.RequestRow.Problem;
import io.martlet.samples.fetch.report.RequestRow.Span;
import java.util.List;

/** Requests for the tests of what is counted; times in milliseconds. */
final class Rows {
    static final long MILLI = 1_000_000;

    private Rows() {}

    static RequestRow ok(String host, long start, long millis) {
        return row(host, 200, null, start, millis);
    }

    static RequestRow status(String host, int status, long start, long millis) {
        return row(host, status, null, start, millis);
    }

    static RequestRow failed(String host, String type, long start, long millis) {
        return row(host, 0, new Problem(type, "connect", "no " + host), start, millis);
    }

    static RequestRow with(Span... spans) {
        return new RequestRow(0, "http://a", "/", 200, null, 0, 0, 10 * MILLI, 1, List.of(spans));
    }

    static Requests requests(RequestRow... rows) {
        Requests requests = new Requests();
        for (RequestRow row : rows) {
            requests.add(row);
        }
        return requests;
    }

    private static RequestRow row(String host, int status, Problem problem, long start, long millis) {
        return new RequestRow(
                start, "http://" + host, "/", status, problem, 100, start * MILLI, millis * MILLI, 1, List.of());
    }
}
