package io.martlet.internal.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Notes what it hears, and what it should not have heard. */
class Recorder implements TransportListener {
    /** Completed with the cause, or a clean end's text. */
    final CompletableFuture<Object> end = new CompletableFuture<>();

    /** What was wrong with the events; to be empty. */
    final List<String> faults = new CopyOnWriteArrayList<>();

    private final EventLoop loop;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean inEvent;
    private int writables;

    Recorder(EventLoop loop) {
        this.loop = loop;
    }

    /** What {@link #end} is completed with when there is no cause. */
    static final String CLEAN = "clean end";

    @Override
    public void received(ByteBuffer source) {
        event("received", () -> {
            byte[] copy = new byte[source.remaining()];
            source.get(copy);
            if (copy.length == 0) {
                faults.add("received nothing");
            }
            synchronized (this) {
                bytes.writeBytes(copy);
            }
            onReceived(copy.length);
        });
    }

    @Override
    public void writable() {
        event("writable", () -> {
            synchronized (this) {
                writables++;
            }
            onWritable();
        });
    }

    @Override
    public void ended(@Nullable IOException cause) {
        event("ended", () -> {});
        if (!end.complete(cause == null ? CLEAN : cause)) {
            faults.add("ended twice");
        }
    }

    /** For those who want to act within the event. */
    void onReceived(int count) {}

    /** For those who want to act within the event. */
    void onWritable() {}

    private void event(String name, Runnable body) {
        if (!loop.inLoop()) {
            faults.add(name + " on " + Thread.currentThread().getName());
        }
        if (end.isDone()) {
            faults.add(name + " after the end");
        }
        if (inEvent) {
            faults.add(name + " within another event");
        }
        inEvent = true;
        try {
            body.run();
        } finally {
            inEvent = false;
        }
    }

    synchronized int size() {
        return bytes.size();
    }

    synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    synchronized String text() {
        return bytes.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    synchronized int writables() {
        return writables;
    }

    void awaitSize(int count) {
        Await.until(() -> size() + " of " + count + " bytes received", () -> size() >= count);
    }

    /** A recorder that does {@code action} with itself whenever it received something. */
    static Recorder acting(EventLoop loop, Consumer<Recorder> action) {
        return new Recorder(loop) {
            @Override
            void onReceived(int count) {
                action.accept(this);
            }
        };
    }
}
