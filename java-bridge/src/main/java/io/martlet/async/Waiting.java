package io.martlet.async;

import io.martlet.error.ClientException;
import io.martlet.internal.net.EngineThread;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How a thread waits for a future: not where others wait for the thread, until it is interrupted, and with its own frames. */
final class Waiting {
    /** As long as the JVM makes a stack trace by default; an exception that is thrown again and again does not grow on. */
    private static final int MOST_FRAMES = 1024;

    private Waiting() {}

    /** Starts {@code call} and waits for it. */
    static <T> T on(Supplier<? extends CompletableFuture<T>> call) throws ClientException, InterruptedException {
        refuseWhereItCouldDeadlock();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        CompletableFuture<T> future = call.get();
        try {
            return future.get();
        } catch (InterruptedException e) {
            if (!future.cancel(true)) {
                future.thenAccept(Waiting::close);
            }
            throw e;
        } catch (ExecutionException e) {
            throw Waiting.<RuntimeException>undeclared(withTheFramesOfThisThread(Errors.unwrap(e)));
        }
    }

    /** What has arrived for a thread that does not take it any more. */
    private static void close(Object lost) {
        if (lost instanceof AsyncResponse response) {
            response.close();
        }
    }

    private static void refuseWhereItCouldDeadlock() {
        if (EngineThread.isCurrent()) {
            throw new IllegalStateException(
                    "A blocking call on " + Thread.currentThread().getName()
                            + ", a thread that requests wait for: it could wait for itself for ever");
        }
        if (CallbackThreads.isOnExecutorOfUser()) {
            throw new IllegalStateException(
                    "A blocking call on " + Thread.currentThread().getName()
                            + ", in a callback on the executor that the session was given (callbackExecutor): callbacks"
                            + " that wait for each other could take all of its threads; use futures here, or the default"
                            + " executor");
        }
    }

    /** Failures come about on other threads; whoever waits wants to see their own line. */
    private static Throwable withTheFramesOfThisThread(Throwable failure) {
        List<StackTraceElement> there = Arrays.asList(failure.getStackTrace());
        List<StackTraceElement> here = framesOfCaller();
        boolean isKnown = there.size() >= here.size()
                && there.subList(there.size() - here.size(), there.size()).equals(here);
        if (!isKnown && there.size() + here.size() <= MOST_FRAMES) {
            failure.setStackTrace(Stream.concat(there.stream(), here.stream()).toArray(StackTraceElement[]::new));
        }
        return failure;
    }

    /** From the line on that called the blocking face. */
    private static List<StackTraceElement> framesOfCaller() {
        return Arrays.stream(new Throwable().getStackTrace())
                .dropWhile(frame -> frame.getClassName().equals(Waiting.class.getName())
                        || frame.getClassName().equals(BlockingSession.class.getName()))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E undeclared(Throwable failure) throws E {
        throw (E) failure;
    }
}
