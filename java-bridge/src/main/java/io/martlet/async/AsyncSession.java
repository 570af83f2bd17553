package io.martlet.async;

import io.martlet.GatherOptions;
import io.martlet.Outcome;
import io.martlet.async.internal.SessionBridge;
import io.martlet.config.SessionConfig;
import io.martlet.cookie.CookieJar;
import io.martlet.download.DownloadOptions;
import io.martlet.download.DownloadedFile;
import io.martlet.engine.Middleware;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.Method;
import io.martlet.http.Url;
import io.martlet.internal.download.RangeRequest;
import io.martlet.trace.SessionStatistics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests. A session owns connections, default headers, limits and policies, so one session serves a whole program,
 * or a whole API. Any number of threads may use it at once. Close it at the end.
 *
 * <p>The verbs ({@code get}, {@code post}, …) return a {@link ClientResponse}, a value: its body is complete, and nothing has
 * to be closed. {@link #open} returns an {@link AsyncResponse}, a resource, which you close. URLs are resolved against the
 * base URL where there is one. The description of the package explains threads, errors and cancellation.
 */
public final class AsyncSession implements AutoCloseable {
    private static final Consumer<RequestSpec> NOTHING_MORE = spec -> {};

    private final SessionConfig config;
    private final CookieJar cookieJar;
    private final List<Middleware> middlewares;
    private final SessionBridge bridge;
    private final SessionEnd end;

    AsyncSession(AsyncSessionBuilder builder) {
        config = builder.config();
        cookieJar = builder.cookieJar();
        middlewares = builder.middlewares();
        Executor given = builder.callbackExecutor();
        CallbackThreads own = given == null ? new CallbackThreads() : null;
        Executor callbacks = given == null ? own : CallbackThreads.marking(given);
        end = new SessionEnd(callbacks, own);
        ContextCarrier carrier = builder.contextCarrier();
        bridge = new SessionBridge(
                config,
                builder.engine(),
                middlewares,
                cookieJar,
                callbacks,
                carrier == null ? null : () -> new CarryingExecutor(carrier, callbacks),
                builder.showCallers() ? CallSite::new : null);
    }

    /** {@return a session with all settings at their defaults} */
    public static AsyncSession create() {
        return builder().build();
    }

    /** {@return a builder with all settings at their defaults} */
    public static AsyncSessionBuilder builder() {
        return new AsyncSessionBuilder();
    }

    /** {@return the settings that the session was built with} */
    public SessionConfig config() {
        return config;
    }

    /** {@return where the session keeps its cookies; still usable after the session is closed} */
    public CookieJar cookieJar() {
        return cookieJar;
    }

    /** {@return the present state of this session, and what it has done so far} Cheap; may be called on any thread. */
    public SessionStatistics statistics() {
        return bridge.getStatistics();
    }

    /** {@return whether {@link #close} was called} */
    public boolean isClosed() {
        return bridge.isClosed();
    }

    /** {@return a view of this session for threads that wait; it is closed with the session} */
    public BlockingSession blocking() {
        return new BlockingSession(this);
    }

    /**
     * Sends a GET to {@code url}.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @return a future of the response, its body included; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<ClientResponse> get(String url) {
        return get(url, NOTHING_MORE);
    }

    /**
     * Sends a GET to {@code url}.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @param spec adds headers, query and options; called once, before this returns
     * @return a future of the response, its body included; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<ClientResponse> get(String url, Consumer<? super RequestSpec> spec) {
        return send(Method.GET, url, spec);
    }

    /**
     * Sends a HEAD to {@code url}; redirects are not followed.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @return a future of the response, whose body is empty; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<ClientResponse> head(String url) {
        return head(url, NOTHING_MORE);
    }

    /**
     * Sends a HEAD to {@code url}; as in aiohttp, redirects are followed only if {@code spec} says so.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @param spec adds headers, query and options; called once, before this returns
     * @return a future of the response, whose body is empty; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<ClientResponse> head(String url, Consumer<? super RequestSpec> spec) {
        return send(Method.HEAD, url, request -> spec.accept(request.followRedirects(false)));
    }

    /**
     * Sends an OPTIONS to {@code url}, which asks what can be done with it.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @return a future of the response, its body included; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<ClientResponse> options(String url) {
        return options(url, NOTHING_MORE);
    }

    /**
     * Sends an OPTIONS to {@code url}, which asks what can be done with it.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @param spec adds headers, query and options; called once, before this returns
     * @return a future of the response, its body included; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<ClientResponse> options(String url, Consumer<? super RequestSpec> spec) {
        return send(Method.OPTIONS, url, spec);
    }

    /**
     * Sends a POST without a body to {@code url}.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @return a future of the response, its body included; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<ClientResponse> post(String url) {
        return post(url, NOTHING_MORE);
    }

    /**
     * Sends a POST to {@code url}.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @param spec adds the body, and headers, query and options; called once, before this returns
     * @return a future of the response, its body included; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<ClientResponse> post(String url, Consumer<? super RequestSpec> spec) {
        return send(Method.POST, url, spec);
    }

    /**
     * Sends a PUT to {@code url}, which replaces what is there.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @param spec adds the body, and headers, query and options; called once, before this returns
     * @return a future of the response, its body included; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<ClientResponse> put(String url, Consumer<? super RequestSpec> spec) {
        return send(Method.PUT, url, spec);
    }

    /**
     * Sends a PATCH to {@code url}, which changes a part of what is there.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @param spec adds the body, and headers, query and options; called once, before this returns
     * @return a future of the response, its body included; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<ClientResponse> patch(String url, Consumer<? super RequestSpec> spec) {
        return send(Method.PATCH, url, spec);
    }

    /**
     * Sends a DELETE to {@code url}.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @return a future of the response, its body included; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<ClientResponse> delete(String url) {
        return delete(url, NOTHING_MORE);
    }

    /**
     * Sends a DELETE to {@code url}.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @param spec adds headers, query and options; called once, before this returns
     * @return a future of the response, its body included; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<ClientResponse> delete(String url, Consumer<? super RequestSpec> spec) {
        return send(Method.DELETE, url, spec);
    }

    /**
     * Sends a request of any method.
     *
     * @param method a token, put in upper case
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @param spec adds the body, and headers, query and options; called once, before this returns
     * @return a future of the response, its body included; fails if there is none, or as {@code raiseForStatus} says
     * @throws IllegalArgumentException if {@code method} is not a token, or something in {@code spec} is invalid
     */
    public CompletableFuture<ClientResponse> request(String method, String url, Consumer<? super RequestSpec> spec) {
        return send(Method.of(method), url, spec);
    }

    /**
     * Sends a request that was built elsewhere; nothing of this session's defaults is added.
     *
     * @param request what to send, as {@link #newRequest} makes it
     * @return a future of the response, its body included; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<ClientResponse> send(ClientRequest request) {
        return CancellableFuture.of(done -> bridge.send(request, true, done));
    }

    /** As {@link #send(ClientRequest)}, for one who waits: no callback hangs on it, so it may complete on any thread. */
    CompletableFuture<ClientResponse> sendUnobserved(ClientRequest request) {
        return CancellableFuture.of(done -> bridge.send(request, false, done));
    }

    /**
     * Sends a request of any method; its response arrives as soon as the head is there, and must be closed.
     *
     * @param method a token, put in upper case
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @return a future of the response, its body still to be read; fails if there is none, or as {@code raiseForStatus} says
     * @throws IllegalArgumentException if {@code method} is not a token
     */
    public CompletableFuture<AsyncResponse> open(String method, String url) {
        return open(method, url, NOTHING_MORE);
    }

    /**
     * Sends a request of any method; its response arrives as soon as the head is there, and must be closed.
     *
     * @param method a token, put in upper case
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @param spec adds the body, and headers, query and options; called once, before this returns
     * @return a future of the response, its body still to be read; fails if there is none, or as {@code raiseForStatus} says
     * @throws IllegalArgumentException if {@code method} is not a token, or something in {@code spec} is invalid
     */
    public CompletableFuture<AsyncResponse> open(String method, String url, Consumer<? super RequestSpec> spec) {
        ClientRequest request;
        try {
            request = newRequest(Method.of(method), url, spec);
        } catch (InvalidUrlException e) {
            return CompletableFuture.failedFuture(e);
        }
        return open(request);
    }

    /**
     * Sends a request that was built elsewhere; its response arrives as soon as the head is there, and must be closed.
     *
     * @param request what to send, as {@link #newRequest} makes it
     * @return a future of the response, its body still to be read; fails if there is none, or as {@code raiseForStatus} says
     */
    public CompletableFuture<AsyncResponse> open(ClientRequest request) {
        return CancellableFuture.of(done -> bridge.open(request, true, AsyncResponse.into(bridge, done)));
    }

    /** As {@link #open(ClientRequest)}, for one who waits. */
    CompletableFuture<AsyncResponse> openUnobserved(ClientRequest request) {
        return CancellableFuture.of(done -> bridge.open(request, false, AsyncResponse.into(bridge, done)));
    }

    /**
     * Downloads what is at {@code url} into the file {@code path}, with default options.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @param path the file, which is replaced if it is there
     * @return a future of the file as it is then
     */
    public CompletableFuture<DownloadedFile> download(String url, Path path) {
        return download(url, path, DownloadOptions.DEFAULT);
    }

    /**
     * Fetches what is at {@code url} into the file {@code path}, whole or not at all: nothing is ever seen under its name but
     * the old file and then the new one.
     *
     * <p>The body is first written to {@code name.martlet-part} beside it, and how far it has come is recorded in
     * {@code name.martlet-part.state}, readable by its owner only, so that the next call can continue where this one failed
     * or was cancelled. It continues only if the server confirms that the file is still the same, by a strong {@code ETag} or
     * by {@code Last-Modified}, and starts over otherwise. If the session retries, a body that breaks off is requested again
     * from there; the first try of each part counts as a try, too. Time limits hold for each request separately: for long
     * files raise or lift {@code total}, and set {@code socketRead}.
     *
     * <p>A body that arrives encoded although {@code identity} was asked for is decoded as {@code decompress} says, and
     * cannot be resumed. Progress is reported on a thread of its own, which may block.
     *
     * <p>The future fails with a {@link io.martlet.error.ClientException.StatusException} if the answer is neither 200 nor the
     * 206 that was asked for, with a {@link io.martlet.error.ClientException.PayloadException} if the file does not have the
     * required size or digest, and with another {@link java.io.IOException} if {@code path} cannot be written, names a
     * folder, or is the target of another download that still runs.
     *
     * @param url absolute, or relative to the base URL; if it cannot be requested, the future fails with
     *     {@link InvalidUrlException}
     * @param path the file; one that is there is replaced, unless the options forbid it
     * @param options how it is fetched, and what size and digest it must have
     * @return a future of the file as it is then
     */
    public CompletableFuture<DownloadedFile> download(String url, Path path, DownloadOptions options) {
        try {
            return download(newRequest(Method.GET, url, NOTHING_MORE), path, options);
        } catch (InvalidUrlException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Downloads what answers a request that was built elsewhere, as the other {@code download} does.
     *
     * @param request a GET without {@code Range}
     * @param path the file; one that is there is replaced, unless the options forbid it
     * @param options how it is fetched, and what size and digest it must have
     * @return a future of the file as it is then
     * @throws IllegalArgumentException if {@code request} is no GET, or asks for a range itself
     */
    public CompletableFuture<DownloadedFile> download(ClientRequest request, Path path, DownloadOptions options) {
        return download(request, path, options, true);
    }

    /** @param isObserved whether a callback may hang on it; otherwise it may complete on any thread */
    CompletableFuture<DownloadedFile> download(
            ClientRequest request, Path path, DownloadOptions options, boolean isObserved) {
        RangeRequest.check(request);
        return CancellableFuture.of(done -> bridge.download(request, path, options, isObserved, done));
    }

    /**
     * {@return a request with the defaults of this session, completed by {@code spec}} {@code send} and {@code open} take it.
     *
     * @param method what to do
     * @param url absolute, or relative to the base URL
     * @param spec adds headers, query, body and options; called once, before this returns
     * @throws InvalidUrlException if {@code url} cannot be requested
     * @throws IllegalArgumentException if something in {@code spec} is invalid
     */
    public ClientRequest newRequest(Method method, String url, Consumer<? super RequestSpec> spec)
            throws InvalidUrlException {
        return complete(config.newRequest(method, url), spec);
    }

    /**
     * {@return a request with the defaults of this session, to a URL that is already parsed}
     *
     * @param method what to do
     * @param url where it goes
     * @param spec adds headers, query, body and options; called once, before this returns
     */
    public ClientRequest newRequest(Method method, Url url, Consumer<? super RequestSpec> spec) {
        return complete(config.newRequest(method, url), spec);
    }

    /**
     * Runs {@code action} for each element, at most {@code concurrency} at once; the list holds the results in the order
     * of the elements.
     *
     * <p>The first failure cancels the rest, and the future fails with it. Cancelling the future cancels everything. Elements
     * are taken only when there is room to run them. Actions are called, and elements taken, on the callback executor.
     *
     * @param elements what there is to do; taken one by one, when there is room
     * @param concurrency how many elements run at once, at most; from 1
     * @param action begins the work for one element; the stage that it returns holds the result
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return a future of the results, in the order of the elements; fails with the first failure
     * @throws IllegalArgumentException if {@code concurrency} is not positive
     */
    public <T, R> CompletableFuture<List<R>> gather(
            Iterable<? extends T> elements,
            int concurrency,
            Function<? super T, ? extends CompletionStage<? extends R>> action) {
        requirePositive(concurrency);
        return CancellableFuture.of(done -> bridge.gather(elements, concurrency, action, done));
    }

    /**
     * Does the same for the elements of a stream, which is closed at the end.
     *
     * @param elements what there is to do; closed when all has ended, well or not
     * @param concurrency how many elements run at once, at most; from 1
     * @param action begins the work for one element; the stage that it returns holds the result
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return a future of the results, in the order of the elements; fails with the first failure
     * @throws IllegalArgumentException if {@code concurrency} is not positive
     */
    public <T, R> CompletableFuture<List<R>> gather(
            Stream<? extends T> elements,
            int concurrency,
            Function<? super T, ? extends CompletionStage<? extends R>> action) {
        requirePositive(concurrency);
        return CancellableFuture.of(
                done -> bridge.gather(elements::iterator, concurrency, action, closing(elements, done)));
    }

    /**
     * Does the same for the remaining elements of an iterator; nobody else may take any meanwhile.
     *
     * @param elements what there is to do: from the next element on
     * @param concurrency how many elements run at once, at most; from 1
     * @param action begins the work for one element; the stage that it returns holds the result
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return a future of the results, in the order of the elements; fails with the first failure
     * @throws IllegalArgumentException if {@code concurrency} is not positive
     */
    public <T, R> CompletableFuture<List<R>> gather(
            Iterator<? extends T> elements,
            int concurrency,
            Function<? super T, ? extends CompletionStage<? extends R>> action) {
        requirePositive(concurrency);
        return CancellableFuture.of(done -> bridge.gather(() -> elements, concurrency, action, done));
    }

    /**
     * Does the same as {@code options} say: how many run at once, in all and per host, and who is told about the progress. The
     * total is that of a collection, unless they tell another. Progress is told on the callback executor.
     *
     * @param elements what there is to do; taken one by one, when there is room
     * @param options how many run at once, in all and for one host, and who is told about the progress
     * @param action begins the work for one element; the stage that it returns holds the result
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return a future of the results, in the order of the elements; fails with the first failure
     */
    public <T, R> CompletableFuture<List<R>> gather(
            Iterable<? extends T> elements,
            GatherOptions<? super T> options,
            Function<? super T, ? extends CompletionStage<? extends R>> action) {
        return CancellableFuture.of(done -> bridge.gather(elements, options, action, done));
    }

    /**
     * Runs {@code action} for {@code size} elements at once, waits until all of these have ended and for {@code pause}, and
     * continues with the next {@code size}. The list holds the results in the order of the elements.
     *
     * <p>Batches are for servers that ask for them. Each waits for its slowest element, so that {@link #gather}, whose window
     * slides, has the same load and is done sooner. Otherwise as {@code gather}.
     *
     * @param elements what there is to do; taken one by one, for one batch after the other
     * @param size how many elements a batch has, from 1; the last one may have fewer
     * @param pause how long to wait between two batches; zero for not at all
     * @param action begins the work for one element; the stage that it returns holds the result
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return a future of the results, in the order of the elements; fails with the first failure
     * @throws IllegalArgumentException if {@code size} is not positive, or {@code pause} negative
     */
    public <T, R> CompletableFuture<List<R>> batches(
            Iterable<? extends T> elements,
            int size,
            Duration pause,
            Function<? super T, ? extends CompletionStage<? extends R>> action) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be positive, and is " + size);
        }
        if (pause.isNegative()) {
            throw new IllegalArgumentException("pause must not be negative, and is " + pause);
        }
        return CancellableFuture.of(done -> bridge.batches(elements, size, pause, action, done));
    }

    /**
     * Runs {@code action} for each element, at most {@code concurrency} at once; the list holds an {@link Outcome} for
     * each in the order of the elements. A failure is one of the outcomes and stops nothing; otherwise as {@code gather}.
     *
     * @param elements what there is to do; taken one by one, when there is room
     * @param concurrency how many elements run at once, at most; from 1
     * @param action begins the work for one element; an exception that it throws or its stage fails with is the outcome of
     *     that element only
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return a future of the outcomes, in the order of the elements
     * @throws IllegalArgumentException if {@code concurrency} is not positive
     */
    public <T, R> CompletableFuture<List<Outcome<R>>> gatherOutcomes(
            Iterable<? extends T> elements,
            int concurrency,
            Function<? super T, ? extends CompletionStage<? extends R>> action) {
        requirePositive(concurrency);
        return CancellableFuture.of(done -> bridge.gatherOutcomes(elements, concurrency, action, done));
    }

    /**
     * Does the same for the elements of a stream, which is closed at the end.
     *
     * @param elements what there is to do; closed when all has ended, well or not
     * @param concurrency how many elements run at once, at most; from 1
     * @param action begins the work for one element; an exception that it throws or its stage fails with is the outcome of
     *     that element only
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return a future of the outcomes, in the order of the elements
     * @throws IllegalArgumentException if {@code concurrency} is not positive
     */
    public <T, R> CompletableFuture<List<Outcome<R>>> gatherOutcomes(
            Stream<? extends T> elements,
            int concurrency,
            Function<? super T, ? extends CompletionStage<? extends R>> action) {
        requirePositive(concurrency);
        return CancellableFuture.of(
                done -> bridge.gatherOutcomes(elements::iterator, concurrency, action, closing(elements, done)));
    }

    /**
     * Does the same for the remaining elements of an iterator; nobody else may take any meanwhile.
     *
     * @param elements what there is to do: from the next element on
     * @param concurrency how many elements run at once, at most; from 1
     * @param action begins the work for one element; an exception that it throws or its stage fails with is the outcome of
     *     that element only
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return a future of the outcomes, in the order of the elements
     * @throws IllegalArgumentException if {@code concurrency} is not positive
     */
    public <T, R> CompletableFuture<List<Outcome<R>>> gatherOutcomes(
            Iterator<? extends T> elements,
            int concurrency,
            Function<? super T, ? extends CompletionStage<? extends R>> action) {
        requirePositive(concurrency);
        return CancellableFuture.of(done -> bridge.gatherOutcomes(() -> elements, concurrency, action, done));
    }

    /**
     * Does the same as {@code options} say; see {@code gather}.
     *
     * @param elements what there is to do; taken one by one, when there is room
     * @param options how many run at once, in all and for one host, and who is told about the progress
     * @param action begins the work for one element; an exception that it throws or its stage fails with is the outcome of
     *     that element only
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return a future of the outcomes, in the order of the elements
     */
    public <T, R> CompletableFuture<List<Outcome<R>>> gatherOutcomes(
            Iterable<? extends T> elements,
            GatherOptions<? super T> options,
            Function<? super T, ? extends CompletionStage<? extends R>> action) {
        return CancellableFuture.of(done -> bridge.gatherOutcomes(elements, options, action, done));
    }

    /**
     * Runs {@code action} for each element, at most {@code concurrency} at once, and publishes an {@link Outcome} for each
     * as soon as it is known; {@link Outcome#index} says which element it belongs to.
     *
     * <p>Nothing runs before a subscriber requests something, and each subscriber has the elements run anew. One that
     * falls behind holds the work back: no more than {@code concurrency} elements are running or waiting to be requested.
     * Cancelling the subscription cancels all that run. Actions and subscribers are called, and elements taken, on the
     * callback executor.
     *
     * @param elements what there is to do; iterated anew for each subscriber
     * @param concurrency how many elements run at once, at most; from 1
     * @param action begins the work for one element; an exception that it throws or its stage fails with is the outcome of
     *     that element only
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return a publisher of the outcomes, in the order in which they come about
     * @throws IllegalArgumentException if {@code concurrency} is not positive
     */
    public <T, R> Flow.Publisher<Outcome<R>> asCompleted(
            Iterable<? extends T> elements,
            int concurrency,
            Function<? super T, ? extends CompletionStage<? extends R>> action) {
        return bridge.asCompleted(elements, () -> {}, concurrency, action);
    }

    /**
     * Does the same as {@code options} say; see {@code gather}. An element that is put aside for its host has not started yet.
     *
     * @param elements what there is to do; iterated anew for each subscriber
     * @param options how many run at once, in all and for one host, and who is told about the progress
     * @param action begins the work for one element; an exception that it throws or its stage fails with is the outcome of
     *     that element only
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return a publisher of the outcomes, in the order in which they come about
     */
    public <T, R> Flow.Publisher<Outcome<R>> asCompleted(
            Iterable<? extends T> elements,
            GatherOptions<? super T> options,
            Function<? super T, ? extends CompletionStage<? extends R>> action) {
        return bridge.asCompleted(elements, options, action);
    }

    /**
     * Does the same for the elements of a stream, which is closed at the end; for one subscriber.
     *
     * @param elements what there is to do; closed when the subscription ends
     * @param concurrency how many elements run at once, at most; from 1
     * @param action begins the work for one element; an exception that it throws or its stage fails with is the outcome of
     *     that element only
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return a publisher of the outcomes, in the order in which they come about
     * @throws IllegalArgumentException if {@code concurrency} is not positive
     */
    public <T, R> Flow.Publisher<Outcome<R>> asCompleted(
            Stream<? extends T> elements,
            int concurrency,
            Function<? super T, ? extends CompletionStage<? extends R>> action) {
        return bridge.asCompleted(elements::iterator, elements, concurrency, action);
    }

    /**
     * Does the same for the remaining elements of an iterator; for one subscriber.
     *
     * @param elements what there is to do: from the next element on
     * @param concurrency how many elements run at once, at most; from 1
     * @param action begins the work for one element; an exception that it throws or its stage fails with is the outcome of
     *     that element only
     * @param <T> what the elements are
     * @param <R> what an element results in
     * @return a publisher of the outcomes, in the order in which they come about
     * @throws IllegalArgumentException if {@code concurrency} is not positive
     */
    public <T, R> Flow.Publisher<Outcome<R>> asCompleted(
            Iterator<? extends T> elements,
            int concurrency,
            Function<? super T, ? extends CompletionStage<? extends R>> action) {
        return bridge.asCompleted(() -> elements, () -> {}, concurrency, action);
    }

    /**
     * Ends the requests in flight with {@link io.martlet.error.ClientException.SessionClosedException}, refuses new ones
     * with it, and closes the engine with its connections and threads. Idempotent, from any thread.
     */
    @Override
    public void close() {
        bridge.close(end::callsEnded);
    }

    /**
     * Closes the session as {@link #close} does. The future completes when nothing is left of it: every call has ended and
     * its future has been told, connections are closed, threads have ended. It completes on the callback executor that the
     * session was given, otherwise on a thread of the JVM's. What threads are at is not broken off: the system's look-up of a
     * name takes as long as it takes, and so do callbacks, middlewares, actions of {@code gather}, resolvers, address filters
     * and trace listeners, which must not wait for this. Idempotent, and after {@code close} too. It fails with what the
     * engine throws when it is closed. Ending the future from outside changes nothing.
     *
     * @return a future that completes when nothing of the session is left
     */
    public CompletableFuture<Void> closeAsync() {
        try {
            close();
        } catch (Exception ofEngine) { // one that is written in Kotlin declares nothing
            return CompletableFuture.failedFuture(ofEngine);
        }
        return end.of(bridge);
    }

    @Override
    public String toString() {
        Url base = config.baseUrl();
        return "AsyncSession(" + (base == null ? "no baseUrl" : base.redacted()) + (isClosed() ? ", closed)" : ")");
    }

    private CompletableFuture<ClientResponse> send(Method method, String url, Consumer<? super RequestSpec> spec) {
        try {
            return send(newRequest(method, url, spec));
        } catch (InvalidUrlException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private ClientRequest complete(ClientRequest.Builder request, Consumer<? super RequestSpec> spec) {
        RequestSpec description = new RequestSpec(request, middlewares);
        spec.accept(description);
        return description.build();
    }

    /** {@code done}, once {@code elements} is closed. */
    private static <R> BiConsumer<@Nullable R, @Nullable Throwable> closing(
            Stream<?> elements, BiConsumer<@Nullable R, @Nullable Throwable> done) {
        return (result, error) -> {
            try {
                elements.close();
            } catch (RuntimeException unclosed) {
                done.accept(null, error == null ? unclosed : error);
                return;
            }
            done.accept(result, error);
        };
    }

    private static void requirePositive(int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be positive, and is " + concurrency);
        }
    }
}
