package io.martlet.internal.download;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a download that may go on: of which file, and which parts of it are on disk. As text:
 *
 * <pre>
 * martlet download 1
 * url 2c26b46b…        SHA-256 of the URL, which may hold secrets
 * validator "v1"
 * total 1000           -1 if it is not known
 * segment 0 500 120    begins, ends ("-": not known), is there up to
 * segment 500 1000 500
 * sum fcde2b2e…        SHA-256 of all before
 * </pre>
 *
 * @param url       digest of the URL that was asked for
 * @param validator what the file is told by
 * @param total     how long it is; -1 if that is not known
 * @param segments  its parts, without gaps
 */
record DownloadState(String url, Validator validator, long total, List<Segment> segments) {
    private static final String HEAD = "martlet download 1\n";
    private static final Pattern ALL = Pattern.compile(
            HEAD
                    + "url ([0-9a-f]{64})\nvalidator ([ -~]+)\ntotal (-1|[0-9]{1,18})\n((?:segment [^\n]++\n)++)sum ([0-9a-f]{64})\n");
    private static final Pattern SEGMENT = Pattern.compile("segment ([0-9]{1,18}) (-|[0-9]{1,18}) ([0-9]{1,18})\n");

    /** The digest of {@code text}, in hexadecimal. */
    static String digest(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each JDK has SHA-256", e);
        }
    }

    String print() {
        StringBuilder text = new StringBuilder(HEAD)
                .append("url ")
                .append(url)
                .append("\nvalidator ")
                .append(validator.field())
                .append("\ntotal ")
                .append(total)
                .append('\n');
        segments.forEach(segment -> text.append("segment ").append(segment).append('\n'));
        String sum = digest(text.toString());
        return text.append("sum ").append(sum).append('\n').toString();
    }

    /** What {@code text} says; null if it is damaged in any way, or makes no sense. */
    static @Nullable DownloadState parse(String text) {
        Matcher all = ALL.matcher(text);
        if (!all.matches() || !digest(text.substring(0, all.end(4))).equals(all.group(5))) {
            return null;
        }
        Validator validator = Validator.kept(all.group(2));
        long total = Long.parseLong(all.group(3));
        List<Segment> segments = segments(all.group(4), total);
        return validator == null || segments == null
                ? null
                : new DownloadState(all.group(1), validator, total, segments);
    }

    private static @Nullable List<Segment> segments(String lines, long total) {
        List<Segment> segments = new ArrayList<>();
        long next = 0;
        Matcher line = SEGMENT.matcher(lines);
        while (line.find()) {
            long start = Long.parseLong(line.group(1));
            long end = line.group(2).equals("-") ? ByteRange.OPEN : Long.parseLong(line.group(2));
            long position = Long.parseLong(line.group(3));
            if (start != next || position < start || position > end) {
                return null;
            }
            segments.add(new Segment(start, end, position));
            next = end;
        }
        return next == (total < 0 ? ByteRange.OPEN : total) ? segments : null;
    }
}
