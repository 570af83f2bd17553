package io.martlet.internal.download;

import io.martlet.http.Headers;
import io.martlet.http.Status;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a response is to one who asked for a file, or for some of its bytes. */
public sealed interface RangeAnswer {
    /**
     * The file from its beginning, whatever was asked for.
     *
     * @param total     how long it is; -1 if that is not known
     * @param validator what it is told by; null: it cannot be resumed
     * @param inRanges  whether the server says that it can send parts of it
     */
    record Whole(long total, @Nullable Validator validator, boolean inRanges) implements RangeAnswer {}

    /**
     * Bytes of the file that was asked for, from the one on that was asked for.
     *
     * @param range those bytes, perhaps fewer than were asked for
     * @param total how long the file is
     */
    record Piece(ByteRange range, long total) implements RangeAnswer {}

    /**
     * Nothing that goes with what is there: the file has to be fetched from its beginning.
     *
     * @param why what is wrong
     */
    record Misfit(String why) implements RangeAnswer {}

    /** No file at all: an error, or something that is neither. */
    record Refusal() implements RangeAnswer {}

    /**
     * What an answer is.
     *
     * @param asked     which bytes were asked for; null: all, without a {@code Range}
     * @param validator what the file was told by in {@code If-Range}; null if nothing was asked for in ranges
     * @param total     how long the file is; -1 if that is not known
     * @param length    how long the body is, as the engine knows; -1 if it does not
     * @param received  when the answer came
     */
    static RangeAnswer of(
            int status,
            Headers headers,
            long length,
            @Nullable ByteRange asked,
            @Nullable Validator validator,
            long total,
            Instant received) {
        if (status == Status.OK) {
            return whole(headers, length, received);
        }
        if (status == Status.PARTIAL_CONTENT) {
            return asked == null || validator == null
                    ? unasked(headers, received)
                    : piece(headers, length, asked, validator, total);
        }
        // 412 is what some servers answer where If-Range does not hold, as with other conditions.
        boolean isOther = status == Status.RANGE_NOT_SATISFIABLE || status == Status.PRECONDITION_FAILED;
        return isOther && asked != null ? new Misfit("the server has no such range") : new Refusal();
    }

    private static RangeAnswer whole(Headers headers, long length, Instant received) {
        boolean inRanges = headers.getAll("Accept-Ranges").stream().anyMatch("bytes"::equalsIgnoreCase);
        // Ranges of a coded file are ranges of its code (RFC 9110 §14.1), and it may have been decoded on its way here.
        return isCoded(headers)
                ? new Whole(length, null, false)
                : new Whole(length >= 0 ? length : contentLength(headers), Validator.of(headers, received), inRanges);
    }

    /** A server that sends ranges unasked may be right by chance. */
    private static RangeAnswer unasked(Headers headers, Instant received) {
        ContentRange sent = ContentRange.of(headers);
        boolean isAll = sent != null && sent.start() == 0 && sent.end() == sent.total() && !isCoded(headers);
        return isAll
                ? new Whole(sent.total(), Validator.of(headers, received), false)
                : new Misfit("the server sent a part of the file, and was asked for all of it");
    }

    private static RangeAnswer piece(Headers headers, long length, ByteRange asked, Validator validator, long total) {
        ContentRange sent = ContentRange.of(headers);
        if (sent == null) {
            return new Misfit("the server does not say which part of the file it sent");
        }
        boolean isThere = sent.start() == asked.start() && sent.end() <= asked.end();
        boolean isSame = validator.isIn(headers) && (total < 0 || total == sent.total());
        boolean isAsLong = length < 0 || length == sent.end() - sent.start();
        if (!isThere || !isSame || !isAsLong || isCoded(headers)) {
            return new Misfit(isSame ? "the server sent another range" : "the file has changed");
        }
        return new Piece(new ByteRange(sent.start(), sent.end()), sent.total());
    }

    private static boolean isCoded(Headers headers) {
        List<String> codings = headers.getAll("Content-Encoding");
        return codings.stream()
                .anyMatch(coding ->
                        !coding.isEmpty() && !coding.toLowerCase(Locale.ROOT).equals("identity"));
    }

    private static long contentLength(Headers headers) {
        List<String> lengths = headers.getAll("Content-Length");
        return lengths.size() == 1 && lengths.get(0).matches("[0-9]{1,18}") ? Long.parseLong(lengths.get(0)) : -1;
    }
}
