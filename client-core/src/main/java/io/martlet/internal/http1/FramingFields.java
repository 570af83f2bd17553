package io.martlet.internal.http1;

import io.martlet.http.Headers;
import org.jspecify.annotations.Nullable;

/** The fields that say where a message ends and whether its connection lives on: RFC 9112 §6.1, §6.2 and §9.3. */
final class FramingFields {
    /** All digits of it fit a long, barring overflow. */
    private static final int MOST_DIGITS = 19;

    private @Nullable String contentLength;
    private @Nullable String transferEncoding;
    private boolean close;
    private boolean keepAlive;

    private FramingFields() {}

    static FramingFields of(Headers headers) {
        FramingFields fields = new FramingFields();
        headers.forEach(fields::take);
        return fields;
    }

    boolean saysClose() {
        return close;
    }

    boolean saysKeepAlive() {
        return keepAlive;
    }

    /** The announced length, -1 for none. */
    long contentLength() throws Http1Fault {
        if (contentLength == null) {
            return -1;
        }
        long length = -1;
        for (int from = 0; from <= contentLength.length(); from = elementEnd(contentLength, from) + 1) {
            long number = number(contentLength, from, elementEnd(contentLength, from));
            if (number < 0 || length >= 0 && number != length) {
                throw Http1Fault.malformed(
                        "Content-Length " + Http1Fault.excerpt(contentLength) + " is not one number of bytes");
            }
            length = number;
        }
        return length;
    }

    /** Whether the coding is {@code chunked}; false for none. Any other is refused: we would hand out coded bytes. */
    boolean isChunked() throws Http1Fault {
        if (transferEncoding == null) {
            return false;
        }
        if (!isChunked(transferEncoding)) {
            throw Http1Fault.malformed(
                    "Transfer-Encoding " + Http1Fault.excerpt(transferEncoding) + " is not \"chunked\" alone");
        }
        return true;
    }

    private void take(String name, String value) {
        // The length of a name rules out nearly all.
        switch (name.length()) {
            case 10 -> {
                if (name.equalsIgnoreCase("Connection")) {
                    takeOptions(value);
                }
            }
            case 14 -> {
                if (name.equalsIgnoreCase("Content-Length")) {
                    contentLength = joined(contentLength, value);
                }
            }
            case 17 -> {
                if (name.equalsIgnoreCase("Transfer-Encoding")) {
                    transferEncoding = joined(transferEncoding, value);
                }
            }
            default -> {}
        }
    }

    /** RFC 9110 §5.3: several lines of a field are one list. */
    private static String joined(@Nullable String before, String value) {
        return before == null ? value : before + ", " + value;
    }

    private void takeOptions(String list) {
        close |= hasOption(list, "close");
        keepAlive |= hasOption(list, "keep-alive");
    }

    /** Whether a list of tokens, such as the value of {@code Connection}, has this one, in whatever case. */
    static boolean hasOption(String list, String option) {
        for (int from = 0; from <= list.length(); from = elementEnd(list, from) + 1) {
            if (equals(list, from, elementEnd(list, from), option)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a {@code Transfer-Encoding} is {@code chunked} and nothing else. */
    static boolean isChunked(String codings) {
        return equals(codings, 0, codings.length(), "chunked");
    }

    private static int elementEnd(String list, int from) {
        int comma = list.indexOf(',', from);
        return comma < 0 ? list.length() : comma;
    }

    /**
     * Whether the text, blanks around it aside, is this token of lower-case letters, in whatever case.
     *
     * <p>Case of ASCII alone: {@link String#equalsIgnoreCase} takes the Kelvin sign for a k.
     */
    private static boolean equals(String text, int from, int to, String token) {
        int start = skipBlanks(text, from, to);
        int end = skipBlanksBack(text, start, to);
        if (end - start != token.length()) {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            char c = text.charAt(start + i);
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != token.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** ASCII digits alone, blanks around them aside; -1 for anything else, and for what exceeds a long. */
    private static long number(String text, int from, int to) {
        int start = skipBlanks(text, from, to);
        int end = skipBlanksBack(text, start, to);
        if (start == end || end - start > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        // Nineteen digits exceed a long at most once, and then it is negative.
        return number < 0 ? -1 : number;
    }

    private static int skipBlanks(String text, int from, int to) {
        int i = from;
        while (i < to && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int skipBlanksBack(String text, int from, int to) {
        int i = to;
        while (i > from && isBlank(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
