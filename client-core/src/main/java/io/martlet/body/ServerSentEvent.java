package io.martlet.body;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An event of a stream of {@code text/event-stream}
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 *
 * @param type  what kind of event it is, {@code message} if the server says nothing
 * @param data  what it says, its lines joined by LF
 * @param id    the last id that the server named, to be sent as {@code Last-Event-ID} by whoever comes back; empty if it
 *     named none
 * @param retry how long to wait before coming back, as the server said last; null if it did not
 */
public record ServerSentEvent(
        String type, String data, String id, @Nullable Duration retry) {
    /** Its type and how long its data are. */
    @Override
    public String toString() {
        return "event " + type + " of " + data.length() + " characters";
    }
}
