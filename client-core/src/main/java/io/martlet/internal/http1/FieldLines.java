package io.martlet.internal.http1;

import io.martlet.config.Limits;
import io.martlet.http.Headers;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects the field lines of a header or trailer section (RFC 9112 §5) and turns them into {@link Headers}. */
final class FieldLines {
    private static final int USUAL_FIELDS = 16;

    private final Limits limits;

    /** Name, value, name, value, … */
    private String[] fields = new String[2 * USUAL_FIELDS];

    private int length;
    private int before;

    FieldLines(Limits limits) {
        this.limits = limits;
    }

    /** Starts a section of a response that has had so many fields before. */
    void clear(int before) {
        Arrays.fill(fields, 0, length, null);
        if (fields.length > 8 * USUAL_FIELDS) {
            fields = new String[2 * USUAL_FIELDS];
        }
        length = 0;
        this.before = before;
    }

    /** Number of fields so far. */
    int count() {
        return length / 2;
    }

    /** Name of the field that was added last. */
    String lastName() {
        return fields[length - 2];
    }

    /**
     * Takes the next line from {@code in}; false where it is not whole yet.
     *
     * <p>RFC 9112 §5.2: a folded line (obs-fold) is to be replaced or refused; we refuse it by its first byte.
     */
    boolean nextLine(LineReader lines, ByteBuffer in, LineReader.Kind kind) throws Http1Fault {
        if (lines.available(in) > 0 && Octets.isBlank(lines.peek(in, 0))) {
            throw Http1Fault.malformed(place() + " starts with a blank: folded lines are not accepted");
        }
        return lines.next(in, kind, limits.maxHeaderLine());
    }

    /** Takes the line {@code name: value} without its line end. */
    void add(byte[] line, int start, int end) throws Http1Fault {
        if (before + count() >= limits.maxHeaders()) {
            throw Http1Fault.limit(
                    "there are more header fields than maxHeaders = " + limits.maxHeaders() + ", trailers included");
        }
        int colon = Octets.tokenEnd(line, start, end);
        if (colon == end || line[colon] != ':' || colon == start) {
            throw badName(line, start, colon, end);
        }
        String name = name(line, start, colon);
        add(name, value(name, line, colon + 1, end));
    }

    /** Takes a field that was read and checked before. */
    void add(String name, String value) {
        if (length == fields.length) {
            fields = Arrays.copyOf(fields, 2 * length);
        }
        fields[length++] = name;
        fields[length++] = value;
    }

    /** The fields collected. */
    Headers toHeaders() {
        return Headers.ofChecked(fields, length);
    }

    /** Leaves them to {@code memory} too, as those of {@code head}. */
    void remember(ResponseHead head, RepeatedHead memory) {
        memory.remember(head, fields, length);
    }

    private static String name(byte[] line, int start, int end) {
        String known = KnownText.NAMES.find(line, start, end);
        return known != null ? known : Octets.text(line, start, end, 0);
    }

    /** RFC 9112 §5.1: blanks around the value are no part of it. */
    private static String value(String name, byte[] line, int from, int to) throws Http1Fault {
        int start = Octets.skipBlanks(line, from, to);
        int end = to;
        while (end > start && Octets.isBlank(line[end - 1])) {
            end--;
        }
        if (start == end) {
            return "";
        }
        String known = KnownText.VALUES.find(line, start, end);
        if (known != null) {
            return known;
        }
        int fieldClass = Octets.fieldClass(line, start, end);
        if ((fieldClass & Octets.CONTROL) != 0) {
            String control = Http1Fault.name(Octets.firstControl(line, start, end));
            throw Http1Fault.malformed(
                    "the value of header " + Http1Fault.excerpt(name) + " has the control character " + control);
        }
        return Octets.text(line, start, end, fieldClass);
    }

    /** Says what is wrong with a name without showing the line: it may be the rest of a folded value. */
    private Http1Fault badName(byte[] line, int start, int bad, int end) {
        if (bad == end) {
            return Http1Fault.malformed(place() + " has no colon");
        }
        String octet = Http1Fault.name(line[bad]);
        if (bad == start) {
            return Http1Fault.malformed(place() + " starts with " + octet + " instead of a name");
        }
        // RFC 9112 §5.1: a blank before the colon must be refused too.
        return Http1Fault.malformed(place() + " has the character " + octet + " in its name");
    }

    private String place() {
        return "field line " + (count() + 1);
    }
}
