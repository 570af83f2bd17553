package io.martlet.internal.tls;

import io.martlet.internal.net.TransportListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what a transport told it; may be given something to do whenever it hears of bytes. */
final class Heard implements TransportListener {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> events = new ArrayList<>();
    private Runnable onBytes = () -> {};
    private @Nullable IOException cause;

    void onBytes(Runnable action) {
        onBytes = action;
    }

    @Override
    public void received(ByteBuffer arrived) {
        byte[] copy = new byte[arrived.remaining()];
        arrived.get(copy);
        bytes.writeBytes(copy);
        events.add("received");
        onBytes.run();
    }

    @Override
    public void writable() {
        events.add("writable");
    }

    @Override
    public void ended(@Nullable IOException how) {
        cause = how;
        events.add(how == null ? "ended" : how.getClass().getSimpleName());
    }

    /** All bytes so far. */
    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** The bytes as text. */
    String text() {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** Each event in a word: received, writable, ended or the name of the exception it ended with. */
    List<String> events() {
        return events;
    }

    /** How often bytes arrived. */
    long deliveries() {
        return events.stream().filter("received"::equals).count();
    }

    /** How it ended: "open", "ended", or the name of the exception. */
    String end() {
        return events.isEmpty() || List.of("received", "writable").contains(events.get(events.size() - 1))
                ? "open"
                : events.get(events.size() - 1);
    }

    /** What it ended with. */
    @Nullable
    IOException cause() {
        return cause;
    }
}
