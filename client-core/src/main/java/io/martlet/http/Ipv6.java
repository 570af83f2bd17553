package io.martlet.http;

import java.util.Arrays;

/** Text form of IPv6 addresses, without zone. */
final class Ipv6 {
    private static final int PIECES = 8;

    private final String text;
    private final int[] pieces = new int[PIECES];
    private int count;
    private int gap = -1;

    private Ipv6(String text) {
        this.text = text;
    }

    /**
     * The canonical form: RFC 5952 §4, where an embedded IPv4 address is written in hexadecimal (the URL standard's
     * choice).
     */
    static String canonical(String text) {
        Ipv6 address = new Ipv6(text);
        address.read();
        return address.write();
    }

    private void read() {
        int position = 0;
        if (text.startsWith("::")) {
            gap = 0;
            position = 2;
        }
        while (position < text.length()) {
            int end = text.indexOf(':', position);
            end = end < 0 ? text.length() : end;
            if (text.indexOf('.', position) >= 0 && end == text.length()) {
                readIpv4(position);
            } else {
                add(hex(position, end));
            }
            if (end == text.length()) {
                break;
            }
            position = end + 1;
            if (text.startsWith(":", position)) {
                check(gap < 0);
                gap = count;
                position++;
            } else {
                check(position < text.length());
            }
        }
        check(gap < 0 ? count == PIECES : count < PIECES);
        spreadGap();
    }

    private void readIpv4(int start) {
        int position = start;
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int dot = text.indexOf('.', position);
            int end = dot < 0 ? text.length() : dot;
            check((dot < 0) == (i == 3) && HostParser.isOctet(text, position, end));
            value = value << 8 | Integer.parseInt(text, position, end, 10);
            position = end + 1;
        }
        add(value >>> 16);
        add(value & 0xFFFF);
    }

    private int hex(int start, int end) {
        check(end > start && end - start <= 4);
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            check(digit >= 0);
            value = value << 4 | digit;
        }
        return value;
    }

    private void add(int piece) {
        check(count < PIECES);
        pieces[count++] = piece;
    }

    private void spreadGap() {
        if (gap >= 0) {
            int tail = count - gap;
            System.arraycopy(pieces.clone(), gap, pieces, PIECES - tail, tail);
            Arrays.fill(pieces, gap, PIECES - tail, 0);
        }
    }

    private static void check(boolean valid) {
        if (!valid) {
            throw new UrlSyntaxException("its host is no valid IPv6 address");
        }
    }

    private String write() {
        int start = 0;
        int length = 0;
        for (int i = 0; i < PIECES; i++) {
            int zeros = zerosFrom(i);
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        StringBuilder out = new StringBuilder(39);
        for (int i = 0; i < PIECES; i++) {
            // RFC 5952 §4.2.2: "::" stands for the first longest run of zeros and never for a single one.
            if (length > 1 && i == start) {
                out.append(i == 0 ? "::" : ":");
                i += length - 1;
            } else {
                out.append(Integer.toHexString(pieces[i])).append(i < PIECES - 1 ? ":" : "");
            }
        }
        return out.toString();
    }

    private int zerosFrom(int index) {
        int end = index;
        while (end < PIECES && pieces[end] == 0) {
            end++;
        }
        return end - index;
    }
}
