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
 * An {@link AsyncSession} for threads that wait, such as virtual threads, or the main thread of a script. It shares everything
 * with its session, and is closed with it.
 *
 * <pre>{@code
 * ClientResponse response = session.blocking().get("posts/7");
 * }</pre>
 *
 * <p><b>Errors.</b> A failure is thrown as it is, without a {@code CompletionException} around it: a {@link ClientException},
 * or whatever a middleware or the like of the caller's threw, declared or not. Its stack trace ends with the frames of the
 * thread that waited.
 *
 * <p><b>Interrupts.</b> An interrupt cancels the call, closes its connection, and is thrown as an
 * {@link InterruptedException}. A thread that is already interrupted sends nothing.
 *
 * <p><b>Threads.</b> Any number of threads may wait at once. A call that could end up waiting for its own thread is refused
 * with an {@link IllegalStateException} before anything is sent. That is a call on a thread of an engine, where resolvers,
 * address filters and trace listeners run, and a call on an executor that a session was given
 * ({@link AsyncSessionBuilder#callbackExecutor}), where callbacks, middlewares and actions of {@code gather} run. On the
 * callback threads of the session's own, calls may wait.
 */
public final class BlockingSession {
    private static final Consumer<RequestSpec> NOTHING_MORE = spec -> {};

    private final AsyncSession session;

    BlockingSession(AsyncSession session) {
        this.session = session;
    }

    /** {@return the session that this one belongs to} */
    public AsyncSession async() {
        return session;
    }

    /**
     * Sends a GET to {@code url}.
     *
     * @param url absolute, or relative to the base URL
     * @return the response, its body included
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse get(String url) throws ClientException, InterruptedException {
        return get(url, NOTHING_MORE);
    }

    /**
     * Sends a GET to {@code url}.
     *
     * @param url absolute, or relative to the base URL
     * @param spec adds headers, query and options; called once, before anything is sent
     * @return the response, its body included
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse get(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.GET, url, spec);
    }

    /**
     * Asks for the head of what is at {@code url}; redirects are not followed.
     *
     * @param url absolute, or relative to the base URL
     * @return the response, whose body is empty
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse head(String url) throws ClientException, InterruptedException {
        return head(url, NOTHING_MORE);
    }

    /**
     * Asks for the head of what is at {@code url}; as in aiohttp, redirects are followed only if {@code spec} says so.
     *
     * @param url absolute, or relative to the base URL
     * @param spec adds headers, query and options; called once, before anything is sent
     * @return the response, whose body is empty
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse head(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.HEAD, url, request -> spec.accept(request.followRedirects(false)));
    }

    /**
     * Sends an OPTIONS to {@code url}, which asks what can be done with it.
     *
     * @param url absolute, or relative to the base URL
     * @return the response, its body included
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse options(String url) throws ClientException, InterruptedException {
        return options(url, NOTHING_MORE);
    }

    /**
     * Sends an OPTIONS to {@code url}, which asks what can be done with it.
     *
     * @param url absolute, or relative to the base URL
     * @param spec adds headers, query and options; called once, before anything is sent
     * @return the response, its body included
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse options(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.OPTIONS, url, spec);
    }

    /**
     * Sends a POST without a body to {@code url}.
     *
     * @param url absolute, or relative to the base URL
     * @return the response, its body included
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse post(String url) throws ClientException, InterruptedException {
        return post(url, NOTHING_MORE);
    }

    /**
     * Sends a POST to {@code url}.
     *
     * @param url absolute, or relative to the base URL
     * @param spec adds the body, and headers, query and options; called once, before anything is sent
     * @return the response, its body included
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse post(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.POST, url, spec);
    }

    /**
     * Sends a PUT to {@code url}, which replaces what is there.
     *
     * @param url absolute, or relative to the base URL
     * @param spec adds the body, and headers, query and options; called once, before anything is sent
     * @return the response, its body included
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse put(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.PUT, url, spec);
    }

    /**
     * Sends a PATCH to {@code url}, which changes a part of what is there.
     *
     * @param url absolute, or relative to the base URL
     * @param spec adds the body, and headers, query and options; called once, before anything is sent
     * @return the response, its body included
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse patch(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.PATCH, url, spec);
    }

    /**
     * Sends a DELETE to {@code url}.
     *
     * @param url absolute, or relative to the base URL
     * @return the response, its body included
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse delete(String url) throws ClientException, InterruptedException {
        return delete(url, NOTHING_MORE);
    }

    /**
     * Sends a DELETE to {@code url}.
     *
     * @param url absolute, or relative to the base URL
     * @param spec adds headers, query and options; called once, before anything is sent
     * @return the response, its body included
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse delete(String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.DELETE, url, spec);
    }

    /**
     * Sends a request of any method.
     *
     * @param method a token, put in upper case
     * @param url absolute, or relative to the base URL
     * @param spec adds the body, and headers, query and options; called once, before anything is sent
     * @return the response, its body included
     * @throws IllegalArgumentException if {@code method} is not a token, or something in {@code spec} is invalid
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse request(String method, String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return send(Method.of(method), url, spec);
    }

    /**
     * Sends a request that was built elsewhere; nothing of the session's defaults is added.
     *
     * @param request what to send, as {@link AsyncSession#newRequest} makes it
     * @return the response, its body included
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public ClientResponse send(ClientRequest request) throws ClientException, InterruptedException {
        return Waiting.on(() -> session.sendUnobserved(request));
    }

    /**
     * Sends a request of any method; returns its response as soon as the head is there, to be closed by the caller.
     *
     * @param method a token, put in upper case
     * @param url absolute, or relative to the base URL
     * @return the response, its body still to be read
     * @throws IllegalArgumentException if {@code method} is not a token
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public AsyncResponse open(String method, String url) throws ClientException, InterruptedException {
        return open(method, url, NOTHING_MORE);
    }

    /**
     * Sends a request of any method; returns its response as soon as the head is there, to be closed by the caller. Its body
     * is read with {@link #await}: {@code await(response.bytes())}.
     *
     * @param method a token, put in upper case
     * @param url absolute, or relative to the base URL
     * @param spec adds the body, and headers, query and options; called once, before anything is sent
     * @return the response, its body still to be read
     * @throws IllegalArgumentException if {@code method} is not a token, or something in {@code spec} is invalid
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public AsyncResponse open(String method, String url, Consumer<? super RequestSpec> spec)
            throws ClientException, InterruptedException {
        return open(session.newRequest(Method.of(method), url, spec));
    }

    /**
     * Sends a request that was built elsewhere; returns its response as soon as the head is there.
     *
     * @param request what to send, as {@link AsyncSession#newRequest} makes it
     * @return the response, its body still to be read; to be closed by the caller
     * @throws ClientException if there is no response; with {@code raiseForStatus}, a
     *     {@link ClientException.StatusException} if its status is 400 or above
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    public AsyncResponse open(ClientRequest request) throws ClientException, InterruptedException {
        return Waiting.on(() -> session.openUnobserved(request));
    }

    /**
     * Downloads what is at {@code url} into the file {@code path}, with default options.
     *
     * @param url absolute, or relative to the base URL
     * @param path the file, which is replaced if it is there
     * @return the file as it is now
     * @throws ClientException if it cannot be fetched, or is not what it must be
     * @throws IOException if {@code path} cannot be written, names a folder, or is the target of another download that still
     *     runs
     * @throws InterruptedException if the thread is interrupted; the download is cancelled, and the next call continues it
     */
    public DownloadedFile download(String url, Path path) throws IOException, InterruptedException {
        return download(url, path, DownloadOptions.DEFAULT);
    }

    /**
     * Fetches what is at {@code url} into the file {@code path}, whole or not at all; see
     * {@link AsyncSession#download(String, Path, DownloadOptions)}. An interrupt cancels it, and the next call continues it.
     *
     * @param url absolute, or relative to the base URL
     * @param path the file; one that is there is replaced, unless the options forbid it
     * @param options how it is fetched, and what size and digest it must have
     * @return the file as it is now
     * @throws ClientException if it cannot be fetched, or is not what it must be
     * @throws IOException if {@code path} cannot be written, names a folder, or is the target of another download that still
     *     runs
     * @throws InterruptedException if the thread is interrupted
     */
    public DownloadedFile download(String url, Path path, DownloadOptions options)
            throws IOException, InterruptedException {
        return download(session.newRequest(Method.GET, url, NOTHING_MORE), path, options);
    }

    /**
     * Downloads what answers a request that was built elsewhere.
     *
     * @param request a GET without {@code Range}
     * @param path the file; one that is there is replaced, unless the options forbid it
     * @param options how it is fetched, and what size and digest it must have
     * @return the file as it is now
     * @throws IllegalArgumentException if {@code request} is no GET, or asks for a range itself
     * @throws ClientException if it cannot be fetched, or is not what it must be
     * @throws IOException if {@code path} cannot be written, names a folder, or is the target of another download that still
     *     runs
     * @throws InterruptedException if the thread is interrupted; the download is cancelled
     */
    public DownloadedFile download(ClientRequest request, Path path, DownloadOptions options)
            throws IOException, InterruptedException {
        return Waiting.on(() -> session.download(request, path, options, false));
    }

    /**
     * Waits for a stage that a session or a response returned, under the rules above: {@code await(response.saveTo(path))}. An
     * interrupt cancels it, and closes the response of {@code open} if that has just arrived.
     *
     * @param stage what is waited for; it may be complete already
     * @param <T> what the stage holds in the end
     * @return what the stage holds
     * @throws java.util.concurrent.CancellationException if it is cancelled by somebody else
     * @throws ClientException if the stage fails with one
     * @throws InterruptedException if the thread is interrupted; the stage is cancelled
     */
    public <T> T await(CompletionStage<T> stage) throws ClientException, InterruptedException {
        return Waiting.on(stage::toCompletableFuture);
    }

    /**
     * Runs {@code action} for each element, at most {@code concurrency} at once, and returns the results in the order of the
     * elements; see {@link AsyncSession#gather}.
     *
     * @param elements what there is to do; taken one by one, when there is room
     * @param concurrency how many elements run at once, at most; from 1
     * @param action begins the work for one element; the stage that it returns holds the result
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return the results, in the order of the elements
     * @throws IllegalArgumentException if {@code concurrency} is not positive
     * @throws ClientException if an action fails with one, or the session is closed
     * @throws InterruptedException if the thread is interrupted; all that run are cancelled
     */
    public <T, R> List<R> gather(
            Iterable<? extends T> elements,
            int concurrency,
            Function<? super T, ? extends CompletionStage<? extends R>> action)
            throws ClientException, InterruptedException {
        return Waiting.<List<R>>on(() -> session.gather(elements, concurrency, action));
    }

    /**
     * Does the same, with {@code options}.
     *
     * @param elements what there is to do; taken one by one, when there is room
     * @param options how many run at once, in all and for one host, and who is told about the progress
     * @param action begins the work for one element; the stage that it returns holds the result
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return the results, in the order of the elements
     * @throws ClientException if an action fails with one, or the session is closed
     * @throws InterruptedException if the thread is interrupted; all that run are cancelled
     */
    public <T, R> List<R> gather(
            Iterable<? extends T> elements,
            GatherOptions<? super T> options,
            Function<? super T, ? extends CompletionStage<? extends R>> action)
            throws ClientException, InterruptedException {
        return Waiting.<List<R>>on(() -> session.gather(elements, options, action));
    }

    /**
     * Runs {@code action} for {@code size} elements at once, waits until all of these have ended and for {@code pause}, and
     * continues with the next {@code size}; see {@link AsyncSession#batches}.
     *
     * @param elements what there is to do; taken one by one, for one batch after the other
     * @param size how many elements a batch has, from 1; the last one may have fewer
     * @param pause how long to wait between two batches; zero for not at all
     * @param action begins the work for one element; the stage that it returns holds the result
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return the results, in the order of the elements
     * @throws IllegalArgumentException if {@code size} is not positive, or {@code pause} negative
     * @throws ClientException if an action fails with one, or the session is closed
     * @throws InterruptedException if the thread is interrupted; all that run are cancelled
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
     * @param elements what there is to do; taken one by one, when there is room
     * @param concurrency how many elements run at once, at most; from 1
     * @param action begins the work for one element; an exception that it throws or its stage fails with is the outcome of
     *     that element only
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return the outcomes, in the order of the elements
     * @throws IllegalArgumentException if {@code concurrency} is not positive
     * @throws ClientException if the session is closed
     * @throws InterruptedException if the thread is interrupted; all that run are cancelled
     */
    public <T, R> List<Outcome<R>> gatherOutcomes(
            Iterable<? extends T> elements,
            int concurrency,
            Function<? super T, ? extends CompletionStage<? extends R>> action)
            throws ClientException, InterruptedException {
        return Waiting.<List<Outcome<R>>>on(() -> session.gatherOutcomes(elements, concurrency, action));
    }

    /**
     * Does the same, with {@code options}.
     *
     * @param elements what there is to do; taken one by one, when there is room
     * @param options how many run at once, in all and for one host, and who is told about the progress
     * @param action begins the work for one element; an exception that it throws or its stage fails with is the outcome of
     *     that element only
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return the outcomes, in the order of the elements
     * @throws ClientException if the session is closed
     * @throws InterruptedException if the thread is interrupted; all that run are cancelled
     */
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
