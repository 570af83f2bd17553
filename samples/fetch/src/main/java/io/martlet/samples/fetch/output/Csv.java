package io.martlet.samples.fetch.output;

import io.martlet.samples.fetch.text.Printable;
import io.martlet.samples.fetch.trace.FetchResult;
import io.martlet.samples.fetch.trace.FetchResult.Body;
import io.martlet.samples.fetch.trace.FetchResult.Failure;
import io.martlet.samples.fetch.trace.FetchResult.Head;
import io.martlet.samples.fetch.trace.Hop;
import io.martlet.samples.fetch.trace.Hop.Timings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180) under a line of names; a record a line, times in milliseconds, empty for none. */
public final class Csv implements Report {
    private static final List<String> NAMES = List.of(
            "index",
            "url",
            "finalUrl",
            "status",
            "bytes",
            "sha256",
            "file",
            "elapsedMs",
            "attempts",
            "redirects",
            "remoteAddress",
            "reused",
            "tls",
            "queueMs",
            "dnsMs",
            "connectMs",
            "tlsMs",
            "sendMs",
            "firstByteMs",
            "receiveMs",
            "errorType",
            "errorPhase",
            "errorMessage");

    private final LineOutput out;

    public Csv(LineOutput out) {
        this.out = out;
    }

    @Override
    public void begin() throws IOException {
        out.line(String.join(",", NAMES));
    }

    @Override
    public void result(FetchResult result) throws IOException {
        List<@Nullable Object> cells = new ArrayList<>(NAMES.size());
        Head head = result.head();
        Body body = result.body();
        cells.add(result.index());
        cells.add(result.url());
        cells.add(head == null ? null : head.finalUrl());
        cells.add(head == null ? null : head.status());
        cells.add(body == null ? null : body.bytes());
        cells.add(body == null ? null : body.sha256());
        cells.add(body == null ? null : body.file());
        cells.add(result.elapsedMillis());
        cells.add(result.attempts());
        cells.add(head == null ? null : head.redirects());
        addConnection(cells, result.lastHop());
        Failure failure = result.failure();
        cells.add(failure == null ? null : failure.type());
        cells.add(failure == null ? null : failure.phase());
        cells.add(failure == null ? null : failure.message());
        out.line(cells.stream().map(Csv::cell).collect(Collectors.joining(",")));
    }

    private static void addConnection(List<@Nullable Object> cells, @Nullable Hop hop) {
        boolean isConnected = hop != null && hop.remote() != null;
        cells.add(isConnected ? Hop.print(hop.remote()) : null);
        cells.add(isConnected ? hop.isReused() : null);
        cells.add(hop == null || hop.tls() == null ? null : hop.tls().protocol());
        Timings timings = hop == null ? null : hop.timings();
        cells.add(timings == null ? null : millis(timings.queue()));
        cells.add(timings == null ? null : millis(timings.dns()));
        cells.add(timings == null ? null : millis(timings.connect()));
        cells.add(timings == null ? null : millis(timings.tls()));
        cells.add(timings == null ? null : millis(timings.send()));
        cells.add(timings == null ? null : millis(timings.firstByte()));
        cells.add(timings == null ? null : millis(timings.receive()));
    }

    private static @Nullable Double millis(@Nullable Duration time) {
        return time == null ? null : Hop.millis(time);
    }

    /** In quotes where it has to be; control characters would break a line, or command a terminal. */
    static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = Printable.of(value.toString());
        return text.indexOf(',') < 0 && text.indexOf('"') < 0 ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
