package io.martlet.body;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds events in pieces of an event stream, as the HTML standard reads it
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation).
 */
final class EventReader {
    /** What {@link #fill} found. */
    enum Found {
        /** The piece is used up, and the event goes on. */
        MORE,
        EVENT,
        TOO_LONG
    }

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final int maxLength;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean isFirstLine = true;
    private boolean wasCr;

    private final StringBuilder data = new StringBuilder();
    private int length;
    private boolean hasData;
    private String type = "";
    private String id = "";
    private @Nullable Duration retry;

    EventReader(int maxLength) {
        this.maxLength = maxLength;
    }

    /** Takes {@code piece} up to the end of an event, or to its own end. */
    Found fill(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            byte octet = piece.get();
            boolean isSecondOfCrlf = octet == '\n' && wasCr;
            wasCr = octet == '\r';
            if (isSecondOfCrlf) {
                continue;
            }
            if (octet == '\r' || octet == '\n') {
                if (isEventEndedBy(takeLine())) {
                    return Found.EVENT;
                }
            } else if (++length > maxLength) {
                return Found.TOO_LONG;
            } else {
                line.write(octet);
            }
        }
        return Found.MORE;
    }

    private String takeLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        boolean isMarked = isFirstLine && text.startsWith(BYTE_ORDER_MARK);
        isFirstLine = false;
        return isMarked ? text.substring(1) : text;
    }

    /** An empty line ends an event; one without data is none, and leaves nothing but its id. */
    private boolean isEventEndedBy(String text) {
        if (!text.isEmpty()) {
            take(text);
            return false;
        }
        length = 0;
        if (!hasData) {
            type = "";
        }
        return hasData;
    }

    private void take(String text) {
        int colon = text.indexOf(':');
        if (colon == 0) {
            length -= Math.min(length, text.length()); // a comment, as they are sent to keep a connection alive
            return;
        }
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + (text.startsWith(" ", colon + 1) ? 2 : 1));
        switch (field) {
            case "data" -> addData(value);
            case "event" -> type = value;
            case "id" -> id = value.indexOf('\0') < 0 ? value : id;
            case "retry" -> retry = isNumber(value) ? Duration.ofMillis(Long.parseLong(value)) : retry;
            default -> {
                // the standard wants other fields to be ignored
            }
        }
    }

    private void addData(String value) {
        if (hasData) {
            data.append('\n');
        }
        data.append(value);
        hasData = true;
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty() && value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The event; the next one begins. */
    ServerSentEvent take() {
        ServerSentEvent event = new ServerSentEvent(type.isEmpty() ? "message" : type, data.toString(), id, retry);
        data.setLength(0);
        hasData = false;
        type = "";
        return event;
    }
}
