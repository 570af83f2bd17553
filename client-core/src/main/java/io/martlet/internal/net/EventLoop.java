package io.martlet.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One daemon thread that waits for channels, timers and tasks, and calls whom they concern. It never runs user code.
 *
 * <p>The thread, named {@code martlet-loop-N}, and its selector come into being with the first task, channel or timer,
 * and go with {@link #close}. What a handler, timer or task throws goes to the loop's handler of faults and harms no
 * other. All methods may be called from any thread.
 */
public final class EventLoop implements Executor, AutoCloseable {
    private static final int MAX_TASKS_PER_TURN = 1024;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private enum State {
        NEW,
        RUNNING,
        CLOSING,
        CLOSED
    }

    private final Thread thread = new EngineThread(this::run, "martlet-loop-" + NUMBERS.incrementAndGet());
    private final BiConsumer<Thread, Throwable> faults;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final LoopTimers timers = new LoopTimers(this::report);
    private final Queue<Runnable> steps = new ArrayDeque<>(); // the loop's thread only
    private final SpinGuard guard = new SpinGuard();
    private final Consumer<SelectionKey> dispatch = this::dispatch;

    /** Whether a task or an earlier timer must wake the selector; whoever turns it false does. */
    private final AtomicBoolean asleep = new AtomicBoolean();

    private volatile State state = State.NEW;
    private volatile @Nullable Selector selector; // there from RUNNING on
    private final ReadBuffers buffers = new ReadBuffers();
    private volatile long turns; // written by the loop's thread only

    /** Makes a loop that tells {@code faults} what its handlers, timers and tasks throw. */
    public EventLoop(BiConsumer<Thread, Throwable> faults) {
        this.faults = faults;
    }

    /**
     * Runs {@code task} on this loop's thread, after those handed over before.
     *
     * @throws RejectedExecutionException if the loop is closed, or its selector cannot be opened
     */
    @Override
    public void execute(Runnable task) {
        if (state == State.NEW) {
            start();
        }
        tasks.add(task);
        if (inLoop()) {
            return;
        }
        // Whatever is in the queue when CLOSED is set still runs.
        if (state == State.CLOSED && tasks.remove(task)) {
            throw new RejectedExecutionException(thread.getName() + " is closed");
        }
        wake();
    }

    /**
     * Runs {@code step} behind all that is ready now: those who wait for something are woken together, when everything
     * that has arrived is read. On the loop's thread.
     */
    public void atEndOfTurn(Runnable step) {
        steps.add(step);
    }

    /** Whether the calling thread is this loop's. */
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /**
     * Arms {@code timer}, anew if it was armed. Never early; late by a tick of 10 ms, or two when the loop is busy.
     * Timers of a closed loop never expire.
     *
     * @param delayNanos nanoseconds from now; up to {@link Long#MAX_VALUE}, negative is 0
     * @throws RejectedExecutionException if the selector cannot be opened
     */
    public void schedule(Timer timer, long delayNanos) {
        if (state == State.NEW) {
            start();
        }
        boolean soonest = timers.schedule(timer, delayNanos);
        if (soonest && !inLoop()) {
            wake();
        }
    }

    /**
     * Disarms {@code timer}. Returns whether it was armed: if not, it never was, or has expired, or is just expiring. On
     * the loop's thread there is no "just".
     */
    public boolean cancel(Timer timer) {
        return timers.cancel(timer);
    }

    private synchronized void start() {
        if (state != State.NEW) {
            return;
        }
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new RejectedExecutionException(
                    "Cannot open a selector for " + thread.getName() + ": " + e.getMessage(), e);
        }
        state = State.RUNNING;
        thread.start();
    }

    private void wake() {
        Selector opened = selector;
        if (opened != null && asleep.get() && asleep.compareAndSet(true, false)) {
            opened.wakeup();
        }
    }

    /** Watches {@code channel}, non-blocking and not yet registered. On the loop's thread. */
    SelectionKey register(SelectableChannel channel, int operations, ChannelHandler handler) throws IOException {
        Selector opened = selector;
        if (state != State.RUNNING || opened == null) {
            throw new IOException("The event loop is closed");
        }
        return channel.register(opened, operations, handler);
    }

    /**
     * The buffer that all channels of this loop read into, cleared. On the loop's thread.
     *
     * @param mayBeDirect whether it need not be a heap buffer
     */
    ByteBuffer readBuffer(boolean mayBeDirect) {
        return mayBeDirect ? buffers.direct() : buffers.heap();
    }

    /**
     * Lets a listener keep the buffer that it was given to read from, instead of copying it; the loop takes another.
     * On the loop's thread.
     *
     * @return false if {@code buffer} is not the loop's: it must be copied then
     */
    public boolean keepBuffer(ByteBuffer buffer) {
        return buffers.keep(buffer);
    }

    /** Gives back a buffer that was kept; nobody may touch it any more. */
    public void giveBackBuffer(ByteBuffer buffer) {
        buffers.giveBack(buffer);
    }

    /** Tells the handler of faults; for handlers that survive what they called. On the loop's thread. */
    void report(Throwable fault) {
        try {
            faults.accept(thread, fault);
        } catch (Throwable ignored) {
            // A loop serves many connections: it outlives even the one it complains to.
        }
    }

    private void run() {
        Selector opened = selector;
        if (opened == null) {
            throw new IllegalStateException("A loop without selector was started");
        }
        while (state == State.RUNNING) {
            try {
                turn(opened);
            } catch (Throwable e) {
                report(e);
                LockSupport.parkNanos(guard.turn(false));
            }
        }
        shutDown(opened);
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private void turn(Selector selector) throws IOException {
        turns++;
        asleep.set(true);
        long start = System.nanoTime();
        // Looked at after asleep is set: who adds to them later sees it and wakes the selector.
        boolean isIdle = tasks.isEmpty() && steps.isEmpty() && state == State.RUNNING;
        long wait = isIdle ? timers.nanosToNext(start) : 0;
        int selected = select(selector, wait);
        boolean woken = !asleep.getAndSet(false);
        long now = System.nanoTime();
        boolean waited = wait != TimerWheel.NEVER && now - start >= wait;
        runTasks(MAX_TASKS_PER_TURN);
        timers.expire(now);
        runSteps();
        long pause = guard.turn(selected > 0 || woken || waited);
        if (pause > 0) {
            // An interrupt of this thread, which nobody has reason for, makes every select return at once.
            Thread.interrupted();
            LockSupport.parkNanos(pause);
        }
    }

    private int select(Selector selector, long waitNanos) throws IOException {
        if (waitNanos <= 0) {
            return selector.selectNow(dispatch);
        }
        // Rounded up, as a timer must not be asked for too early; 0 waits without limit.
        return selector.select(dispatch, waitNanos == TimerWheel.NEVER ? 0 : (waitNanos - 1) / 1_000_000 + 1);
    }

    private void dispatch(SelectionKey key) {
        if (asleep.get()) {
            asleep.set(false);
        }
        if (!key.isValid()) {
            return;
        }
        ChannelHandler handler = (ChannelHandler) key.attachment();
        try {
            handler.ready(key.readyOps());
        } catch (Throwable e) {
            report(e);
            tellBroken(handler, new IOException("A handler of events failed: " + e, e));
        }
    }

    private void tellBroken(ChannelHandler handler, IOException cause) {
        try {
            handler.broken(cause);
        } catch (Throwable e) {
            report(e);
        }
    }

    private void runTasks(int atMost) {
        for (int i = 0; i < atMost; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            run(task);
        }
    }

    private void runSteps() {
        for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
            run(step);
        }
    }

    private void run(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            report(e);
        }
    }

    /**
     * Ends the thread soon, and with it every channel of this loop: their listeners hear of it, tasks handed over before
     * still run, timers do not expire any more. Idempotent; returns at once.
     */
    @Override
    public synchronized void close() {
        if (state == State.NEW) {
            state = State.CLOSED;
        } else if (state == State.RUNNING) {
            state = State.CLOSING;
            wake();
        }
    }

    private void shutDown(Selector selector) {
        IOException cause = new IOException("The event loop is closed");
        for (SelectionKey key : selector.keys()) {
            tellBroken((ChannelHandler) key.attachment(), cause);
        }
        state = State.CLOSED;
        // A step may hand over tasks, and a task be followed by steps.
        while (!tasks.isEmpty() || !steps.isEmpty()) {
            runTasks(MAX_TASKS_PER_TURN);
            runSteps();
        }
        try {
            selector.close();
        } catch (IOException e) {
            report(e);
        }
    }

    /** How often the selector was asked. For tests. */
    long turns() {
        return turns;
    }

    /** Waits, once it is closed, until the thread has ended and every channel is closed; at once if there never was one. */
    public void awaitEnd() throws InterruptedException {
        thread.join();
    }

    @Override
    public String toString() {
        Selector opened = selector;
        int channels = opened != null && opened.isOpen() ? opened.keys().size() : 0;
        return thread.getName() + " (" + state + "): " + channels + (channels == 1 ? " channel, " : " channels, ")
                + timers;
    }
}
