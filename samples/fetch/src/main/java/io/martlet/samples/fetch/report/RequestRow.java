package io.martlet.samples.fetch.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one URL, without secrets: whatever is here may be shown.
 *
 * @param index      the place among all URLs, from 0
 * @param origin     how the URL begins, as {@code https://example.com:8443}; {@code -} if it is none
 * @param path       the rest of it
 * @param status     of the response; 0 if there is none
 * @param problem    why there is no response; null if there is one
 * @param bytes      of the body; 0 if there is none
 * @param startNanos when it began, from the start of the run
 * @param nanos      how long it took, to the last byte or to the failure
 * @param attempts   how often it was tried
 * @param spans      its phases, redirects and retries included, by their start; empty where nobody listened
 */
public record RequestRow(
        long index,
        String origin,
        String path,
        int status,
        @Nullable Problem problem,
        long bytes,
        long startNanos,
        long nanos,
        int attempts,
        List<Span> spans) {

    /** What went wrong: its type, where if that is known, and in words. */
    public record Problem(String type, @Nullable String phase, String message) {}

    /** A phase: when it began, from the start of its request, and how long it took, in nanoseconds. */
    public record Span(Stage stage, long offsetNanos, long nanos) {}

    /** Whether there is no response, or one of a status from 400 on. */
    boolean isFailed() {
        return problem != null || status >= 400;
    }

    /** The host and its port, if that is not the usual one. */
    String host() {
        return origin.substring(origin.indexOf("://") < 0 ? 0 : origin.indexOf("://") + 3);
    }

    /** The status, or the type of what went wrong. */
    String outcome() {
        return problem == null ? Integer.toString(status) : problem.type();
    }
}
