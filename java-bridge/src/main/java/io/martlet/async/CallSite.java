package io.martlet.async;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The place in the caller's code where this was made; failures, which come about on other threads, are told of it. */
final class CallSite implements Consumer<Throwable> {
    /** As long as the JVM makes a stack trace by default; an exception that is thrown again and again does not grow on. */
    private static final int MOST_FRAMES = 1024;

    private static final String BRIDGE = "io.martlet.async.internal.";
    private static final Set<String> FACE = Set.of(
            CallSite.class.getName(),
            Waiting.class.getName(),
            CancellableFuture.class.getName(),
            AsyncSession.class.getName(),
            BlockingSession.class.getName(),
            AsyncResponse.class.getName(),
            AsyncBody.class.getName(),
            AsyncPart.class.getName());

    private final Throwable here = new Throwable();

    /** {@code failure}, whose stack trace goes on with the frames of this thread. */
    static <E extends Throwable> E addTo(E failure) {
        new CallSite().accept(failure);
        return failure;
    }

    /** Lets the stack trace of {@code failure} go on with the frames of here, unless it ends with them already. */
    @Override
    public void accept(Throwable failure) {
        List<StackTraceElement> there = Arrays.asList(failure.getStackTrace());
        List<StackTraceElement> ofCaller =
                Arrays.stream(here.getStackTrace()).dropWhile(CallSite::isOurs).toList();
        boolean isKnown = there.size() >= ofCaller.size()
                && there.subList(there.size() - ofCaller.size(), there.size()).equals(ofCaller);
        if (!isKnown && there.size() + ofCaller.size() <= MOST_FRAMES) {
            failure.setStackTrace(
                    Stream.concat(there.stream(), ofCaller.stream()).toArray(StackTraceElement[]::new));
        }
    }

    private static boolean isOurs(StackTraceElement frame) {
        String type = frame.getClassName();
        int nested = type.indexOf('$');
        return type.startsWith(BRIDGE) || FACE.contains(nested < 0 ? type : type.substring(0, nested));
    }
}
