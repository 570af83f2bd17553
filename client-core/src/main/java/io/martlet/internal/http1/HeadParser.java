package io.martlet.internal.http1;

import io.martlet.config.Limits;
import io.martlet.http.HttpVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the head of a response: status line and header section (RFC 9112 §4 and §5), from input in any pieces. */
final class HeadParser {
    /** Lines without content before the status line; servers that count a body wrong send one. */
    private static final int MAX_EMPTY_LINES = 4;

    private static final byte[] PREFIX = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
    /** {@code HTTP/1.1 200}. */
    private static final int SHORTEST_STATUS_LINE = 12;

    private final Limits limits;
    private final LineReader lines;
    private final FieldLines fields;
    private final RepeatedHead before = new RepeatedHead();

    private boolean started;
    private boolean inFields;
    private int emptyLines;
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private int status;
    private String reason = "";

    HeadParser(Limits limits, LineReader lines) {
        this.limits = limits;
        this.lines = lines;
        fields = new FieldLines(limits);
    }

    /** Makes ready for the next head. */
    void clear() {
        started = false;
        inFields = false;
        emptyLines = 0;
        fields.clear(0);
        before.restart();
    }

    /** Whether any byte has arrived since {@link #clear}. */
    boolean isStarted() {
        return started;
    }

    /** Takes what {@code in} holds of the head; true when it is whole, then {@link #head} has it. */
    boolean parse(ByteBuffer in) throws Http1Fault {
        started |= in.hasRemaining();
        if (!inFields && !statusLine(in)) {
            return false;
        }
        while (true) {
            if (isRepeated(in)) {
                if (before.isComplete()) {
                    return true;
                }
                fields.add(before.name(), before.value());
            } else {
                if (!fields.nextLine(lines, in, LineReader.Kind.HEADER)) {
                    return false;
                }
                before.learn(lines.line(), lines.start(), lines.end());
                if (lines.start() == lines.end()) {
                    return true;
                }
                fields.add(lines.line(), lines.start(), lines.end());
            }
        }
    }

    private boolean isRepeated(ByteBuffer in) {
        return !lines.isAmidLine() && before.take(in);
    }

    /** The head that was read last. */
    ResponseHead head() {
        ResponseHead same = before.same();
        if (same != null) {
            return same;
        }
        ResponseHead head = new ResponseHead(version, status, reason, fields.toHeaders());
        fields.remember(head, before);
        return head;
    }

    private boolean statusLine(ByteBuffer in) throws Http1Fault {
        if (isRepeated(in)) {
            // Version, status and reason are still those of the head before.
            inFields = true;
            return true;
        }
        do {
            checkPrefix(in);
            if (!lines.next(in, LineReader.Kind.STATUS, limits.maxStatusLine())) {
                return false;
            }
        } while (isSkipped());
        before.learn(lines.line(), lines.start(), lines.end());
        readStatusLine(lines.line(), lines.start(), lines.end());
        inFields = true;
        return true;
    }

    /**
     * Refuses what is no HTTP/1 by its first bytes: a TLS alert or another protocol's greeting may have no line end to
     * wait for. A line that ends before is judged whole.
     */
    private void checkPrefix(ByteBuffer in) throws Http1Fault {
        if (lines.available(in) < PREFIX.length) {
            return;
        }
        boolean matches = true;
        for (int i = 0; i < PREFIX.length; i++) {
            byte octet = lines.peek(in, i);
            if (octet == Octets.LF) {
                return;
            }
            matches &= octet == PREFIX[i];
        }
        if (!matches) {
            byte[] seen = new byte[PREFIX.length];
            for (int i = 0; i < seen.length; i++) {
                seen[i] = lines.peek(in, i);
            }
            throw notHttp(seen, 0, seen.length);
        }
    }

    private boolean isSkipped() throws Http1Fault {
        if (lines.start() < lines.end()) {
            return false;
        }
        if (++emptyLines > MAX_EMPTY_LINES) {
            throw Http1Fault.malformed("more than " + MAX_EMPTY_LINES + " empty lines come before the status line");
        }
        return true;
    }

    /** RFC 9112 §4: {@code HTTP-version SP status-code SP [ reason-phrase ]}; some leave out the second space. */
    private void readStatusLine(byte[] line, int start, int end) throws Http1Fault {
        if (end - start < SHORTEST_STATUS_LINE) {
            throw notHttp(line, start, end);
        }
        byte minor = line[start + PREFIX.length];
        // RFC 9112 §2.3 has one digit each; HTTP/1.2 and above do not exist.
        if (minor != '0' && minor != '1' || line[start + 8] != ' ') {
            throw Http1Fault.malformed(
                    "the version in " + excerpt(line, start, end) + " is neither HTTP/1.0 nor HTTP/1.1");
        }
        version = minor == '1' ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_1_0;
        status = status(line, start + 9, end);
        reason = reason(line, start + SHORTEST_STATUS_LINE, end);
    }

    /**
     * Three digits from 100 on. RFC 9110 §15 tells clients to take 600 to 999, which it does not define, for a kind of
     * 5xx; servers send them (999), so we do not refuse the response.
     */
    private static int status(byte[] line, int at, int end) throws Http1Fault {
        int code = 0;
        for (int i = at; i < at + 3; i++) {
            int digit = line[i] - '0';
            code = digit < 0 || digit > 9 ? -1000 : code * 10 + digit;
        }
        boolean ends = at + 3 == end || line[at + 3] == ' ';
        if (code < 100 || !ends) {
            throw Http1Fault.malformed("the status in " + excerpt(line, at - 9, end) + " is no number from 100 to 999");
        }
        return code;
    }

    private static String reason(byte[] line, int at, int end) throws Http1Fault {
        int from = Math.min(at + 1, end);
        String known = KnownText.REASONS.find(line, from, end);
        if (known != null) {
            return known;
        }
        int fieldClass = Octets.fieldClass(line, from, end);
        if ((fieldClass & Octets.CONTROL) != 0) {
            String control = Http1Fault.name(Octets.firstControl(line, from, end));
            throw Http1Fault.malformed("the reason phrase has the control character " + control);
        }
        return Octets.text(line, from, end, fieldClass);
    }

    private static Http1Fault notHttp(byte[] line, int from, int to) {
        return Http1Fault.malformed("it starts with " + excerpt(line, from, to) + " instead of a status line");
    }

    private static String excerpt(byte[] line, int from, int to) {
        return Http1Fault.excerpt(new String(line, from, to - from, StandardCharsets.ISO_8859_1));
    }
}
