package io.martlet.samples.flink;

import io.martlet.async.AsyncSession;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kotlinx.coroutines.Dispatchers;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches lines, each of which becomes a {@link ResultLine}. It has one session in each slot, from {@code open} to
 * {@code close}. What goes wrong with a line, a server or the network is a result; only an {@link Error} of the JVM
 * fails the task.
 */
final class FetchFunction extends RichAsyncFunction<String, String> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(FetchFunction.class);

    /** Threads end at once but for a look-up of a name, which cannot be broken off. */
    private static final int END_SECONDS = 10;

    private final FetchSettings settings;
    private transient volatile @Nullable AsyncSession session;

    FetchFunction(FetchSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        RuntimeContext runtime = getRuntimeContext();
        endCoroutinesWithTheirLoader(runtime);
        session = settings.open(runtime.getTaskInfo().getNumberOfParallelSubtasks());
    }

    /**
     * The threads of coroutines are none of a session's, but of the classes': they would keep the class loader of a job
     * that is over. Where Martlet lies in Flink's own class path, they are those of other jobs too.
     */
    private static void endCoroutinesWithTheirLoader(RuntimeContext runtime) {
        if (Dispatchers.class.getClassLoader() != RuntimeContext.class.getClassLoader()) {
            runtime.registerUserCodeClassLoaderReleaseHookIfAbsent("martlet", Dispatchers.INSTANCE::shutdown);
        }
    }

    @Override
    public void asyncInvoke(String line, ResultFuture<String> result) {
        UrlFetch.start(Objects.requireNonNull(session), line).whenComplete((row, error) -> {
            // The task is at its end: whatever goes on from its last checkpoint sends the request again.
            if (session == null) {
                return;
            }
            if (error == null) {
                result.complete(List.of(row.toJson()));
            } else {
                result.completeExceptionally(error);
            }
        });
    }

    /** Ends the requests in flight, and waits until nothing of the session is left. */
    @Override
    public void close() throws ExecutionException, InterruptedException {
        AsyncSession ending = session;
        if (ending == null) {
            return;
        }
        session = null;
        try {
            ending.closeAsync().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("A thread of a session has not ended within {} s; it keeps the job's classes", END_SECONDS);
        }
    }
}
