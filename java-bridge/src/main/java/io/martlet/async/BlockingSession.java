package io.martlet.async;

import io.martlet.GatherOptions;
import io.martlet.Outcome;
import io.martlet.download.DownloadOptions;
import io.martlet.download.DownloadedFile;
import io.martlet.error.ClientException;
import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An {@link AsyncSession} for threads that wait: virtual ones, and those of scripts. It shares everything with its session,
 * and is closed with it.
 *
 * <pre>{@code
 * ClientResponse response = session.blocking().get("posts/7");
 * }</pre>
 *
 * <p><b>Errors.</b> A failure is thrown as it is, without a {@code CompletionException} around it: a {@link ClientException},
 * or whatever a middleware or the like of the caller's threw, declared or not. Its stack trace goes on with the frames of the
 * thread that waited.
 *
 * <p><b>Interrupts.</b> An interrupt cancels what is waited for, whose connection is closed, and is thrown as an
 * {@link InterruptedException}. A thread that is interrupted already sends nothing.
 *
 * <p><b>Threads.</b> Any number of threads may wait at once. Refused with an {@link IllegalStateException}, before anything
 * is sent, are calls that could wait for their own thread: on a thread of an engine, where resolvers, address filters and
 * trace listeners run; and in what runs on an executor that a session was given
 * ({@link AsyncSessionBuilder#callbackExecutor}): callbacks, middlewares, actions of {@code gather}. On a session's own
 * callback threads they may wait.
 */
public final class BlockingSession {
    private static final Consumer<RequestSpec> NOTHING_MORE = spec -> {};

    private final AsyncSession session;

    BlockingSession(AsyncSession session) {
        this.session = session;
    }

    /** The session that this one belongs to. */
    public AsyncSession async() {
        return session;
    }

    /** Asks for what is at {@code url}. */
    public ClientResponse get(String url) throws ClientException, InterruptedException {
        return get(url, NOTHING_MORE);
    }

    /** Asks for what is at {@code url}. */
    public ClientResponse get(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.GET, url, spec);
    }

    /** Asks for the head of what is at {@code url}; redirects are not followed. */
    public ClientResponse head(String url) throws ClientException, InterruptedException {
        return head(url, NOTHING_MORE);
    }

    /** Asks for the head of what is at {@code url}; as in aiohttp, redirects are followed only if {@code spec} says so. */
    public ClientResponse head(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.HEAD, url, request -> spec.accept(request.followRedirects(false)));
    }

    /** Asks what can be done with {@code url}. */
    public ClientResponse options(String url) throws ClientException, InterruptedException {
        return options(url, NOTHING_MORE);
    }

    /** Asks what can be done with {@code url}. */
    public ClientResponse options(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.OPTIONS, url, spec);
    }

    /** Sends nothing to {@code url}. */
    public ClientResponse post(String url) throws ClientException, InterruptedException {
        return post(url, NOTHING_MORE);
    }

    /** Sends a body to {@code url}. */
    public ClientResponse post(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.POST, url, spec);
    }

    /** Puts a body in the place of what is at {@code url}. */
    public ClientResponse put(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.PUT, url, spec);
    }

    /** Changes a part of what is at {@code url}. */
    public ClientResponse patch(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.PATCH, url, spec);
    }

    /** Removes what is at {@code url}. */
    public ClientResponse delete(String url) throws ClientException, InterruptedException {
        return delete(url, NOTHING_MORE);
    }

    /** Removes what is at {@code url}. */
    public ClientResponse delete(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.DELETE, url, spec);
    }

    /**
     * Sends a request of any method.
     *
     * @param method a token, put in upper case
     * @throws IllegalArgumentException if {@code method} is not a token, or something in {@code spec} makes no sense
     */
    public ClientResponse request(String method, String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.of(method), url, spec);
    }

    /** Sends a request that was built elsewhere; nothing of the session's defaults is added. */
    public ClientResponse send(ClientRequest request) throws ClientException, InterruptedException {
        return Waiting.on(() -> session.sendUnobserved(request));
    }

    /** Sends a request of any method; returns its response as soon as the head is there, to be closed by the caller. */
    public AsyncResponse open(String method, String url) throws ClientException, InterruptedException {
        return open(method, url, NOTHING_MORE);
    }

    /**
     * Sends a request of any method; returns its response as soon as the head is there, to be closed by the caller. Its body
     * is read with {@link #await}: {@code await(response.bytes())}.
     *
     * @throws IllegalArgumentException if {@code method} is not a token, or something in {@code spec} makes no sense
     */
    public AsyncResponse open(String method, String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return open(session.newRequest(Method.of(method), url, spec));
    }

    /** Sends a request that was built elsewhere; returns its response as soon as the head is there. */
    public AsyncResponse open(ClientRequest request) throws ClientException, InterruptedException {
        return Waiting.on(() -> session.openUnobserved(request));
    }

    /** Downloads what is at {@code url} into the file {@code path}, with the default of everything. */
    public DownloadedFile download(String url, Path path) throws IOException, InterruptedException {
        return download(url, path, DownloadOptions.DEFAULT);
    }

    /**
     * Fetches what is at {@code url} into the file {@code path}, whole or not at all; see
     * {@link AsyncSession#download(String, Path, DownloadOptions)}. An interrupt cancels it, and the next call goes on there.
     *
     * @throws ClientException if it cannot be fetched, or is not what it must be
     * @throws IOException if {@code path} cannot be written, names a folder, or is being downloaded to by somebody else
     */
    public DownloadedFile download(String url, Path path, DownloadOptions options)
            throws IOException, InterruptedException {
        return download(session.newRequest(Method.GET, url, NOTHING_MORE), path, options);
    }

    /**
     * Downloads what answers a request that was built elsewhere.
     *
     * @throws IllegalArgumentException if {@code request} is no GET, or asks for a range itself
     */
    public DownloadedFile download(ClientRequest request, Path path, DownloadOptions options)
            throws IOException, InterruptedException {
        return Waiting.on(() -> session.download(request, path, options, false));
    }

    /**
     * Waits for what a session or a response promised, under the rules above: {@code await(response.saveTo(path))}. An
     * interrupt cancels it, and closes the response of {@code open} if that has just arrived.
     *
     * @throws java.util.concurrent.CancellationException if it is cancelled by somebody else
     */
    public <T> T await(CompletionStage<T> stage) throws ClientException, InterruptedException {
        return Waiting.on(stage::toCompletableFuture);
    }

    /**
     * Runs {@code action} for each element, at most {@code concurrency} at once, and returns the results in the order of the
     * elements; see {@link AsyncSession#gather}.
     *
     * @throws IllegalArgumentException if {@code concurrency} is not positive
     */
    public <T, R> List<R> gather(
            Iterable<? extends T> elements,
            int concurrency,
            Function<? super T, ? extends CompletionStage<? extends R>> action)
            throws ClientException, InterruptedException {
        return Waiting.<List<R>>on(() -> session.gather(elements, concurrency, action));
    }

    /** The same as {@code options} say. */
    public <T, R> List<R> gather(
            Iterable<? extends T> elements,
            GatherOptions<? super T> options,
            Function<? super T, ? extends CompletionStage<? extends R>> action)
            throws ClientException, InterruptedException {
        return Waiting.<List<R>>on(() -> session.gather(elements, options, action));
    }

    /**
     * Runs {@code action} for {@code size} elements at once, waits until all of these have ended and for {@code pause}, and goes
     * on with the next so many; see {@link AsyncSession#batches}.
     *
     * @throws IllegalArgumentException if {@code size} is not positive, or {@code pause} negative
     */
    public <T, R> List<R> batches(
            Iterable<? extends T> elements,
            int size,
            Duration pause,
            Function<? super T, ? extends CompletionStage<? extends R>> action)
            throws ClientException, InterruptedException {
        return Waiting.<List<R>>on(() -> session.batches(elements, size, pause, action));
    }

    /**
     * Runs {@code action} for each element, at most {@code concurrency} at once, and returns an {@link Outcome} for each in
     * the order of the elements; see {@link AsyncSession#gatherOutcomes}.
     *
     * @throws IllegalArgumentException if {@code concurrency} is not positive
     */
    public <T, R> List<Outcome<R>> gatherOutcomes(
            Iterable<? extends T> elements,
            int concurrency,
            Function<? super T, ? extends CompletionStage<? extends R>> action)
            throws ClientException, InterruptedException {
        return Waiting.<List<Outcome<R>>>on(() -> session.gatherOutcomes(elements, concurrency, action));
    }

    /** The same as {@code options} say. */
    public <T, R> List<Outcome<R>> gatherOutcomes(
            Iterable<? extends T> elements,
            GatherOptions<? super T> options,
            Function<? super T, ? extends CompletionStage<? extends R>> action)
            throws ClientException, InterruptedException {
        return Waiting.<List<Outcome<R>>>on(() -> session.gatherOutcomes(elements, options, action));
    }

    @Override
    public String toString() {
        return session.toString();
    }

    private ClientResponse send(Method method, String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(session.newRequest(method, url, spec));
    }
}
