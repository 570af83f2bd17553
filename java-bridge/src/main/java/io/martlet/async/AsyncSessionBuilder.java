package io.martlet.async;

import io.martlet.auth.Authentication;
import io.martlet.body.JsonCodec;
import io.martlet.config.ClientTimeout;
import io.martlet.config.ConnectorConfig;
import io.martlet.config.RequestOptions;
import io.martlet.config.SessionConfig;
import io.martlet.cookie.Cookie;
import io.martlet.cookie.CookieJar;
import io.martlet.cookie.MemoryCookieJar;
import io.martlet.engine.EngineFactory;
import io.martlet.engine.Middleware;
import io.martlet.http.Headers;
import io.martlet.http.Url;
import io.martlet.internal.middleware.CircuitBreaking;
import io.martlet.internal.middleware.HedgedRequests;
import io.martlet.rate.RateLimit;
import io.martlet.retry.CircuitBreaker;
import io.martlet.retry.Hedging;
import io.martlet.retry.RetryPolicy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Describes a session. Used by one thread. */
public final class AsyncSessionBuilder {
    /** Jackson is looked for only where no other codec is set: to find that it is absent, each jar has to be opened. */
    private static final JsonCodec BY_DEFAULT = new JsonCodec() {
        @Override
        public byte[] encode(Object value, Type type) throws Exception {
            return JacksonJson.ifPresent().encode(value, type);
        }

        @Override
        public Object decode(byte[] json, Type type) throws Exception {
            return JacksonJson.ifPresent().decode(json, type);
        }
    };

    private @Nullable Url baseUrl;
    private final Headers.Builder headers = Headers.builder();
    private final RequestOptions.Builder options =
            RequestOptions.DEFAULT.toBuilder().jsonCodec(BY_DEFAULT);
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private CookieJar cookieJar = new MemoryCookieJar();
    private ConnectorConfig connector = ConnectorConfig.DEFAULT;
    private @Nullable RateLimit rateLimit;
    private EngineFactory engine = Engines.wire();
    private final List<Middleware> middlewares = new ArrayList<>();
    private @Nullable Executor callbackExecutor;
    private @Nullable ContextCarrier contextCarrier;
    private boolean showCallers;

    AsyncSessionBuilder() {}

    /**
     * What relative URLs are resolved against. Default: none; relative URLs are refused.
     *
     * @param url absolute, http or https; its path ends in a slash
     * @return this builder
     * @throws IllegalArgumentException if it is not an absolute http or https URL
     */
    public AsyncSessionBuilder baseUrl(String url) {
        baseUrl = Url.of(url);
        return this;
    }

    /**
     * Sets a field that every request starts with. {@code Authorization}, {@code Cookie} and {@code Proxy-Authorization}
     * go to the origin of the base URL only, where there is one.
     *
     * @param name a token; upper and lower case are the same
     * @param value what the field holds, without control characters; replaces an earlier one of that name
     * @return this builder
     * @throws IllegalArgumentException if {@code name} is not a token or {@code value} holds a control character
     */
    public AsyncSessionBuilder header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    /**
     * Sets a cookie that every request starts with. It goes to the origin of the base URL only, where there is one; one of
     * its name in the cookie jar goes in its place.
     *
     * @param name not empty
     * @param value as it is sent; nothing is encoded
     * @return this builder
     * @throws IllegalArgumentException if {@code name} is empty, or one of them holds what a {@code Cookie} field cannot
     *     carry
     */
    public AsyncSessionBuilder cookie(String name, String value) {
        Cookie.checkPair(name, value);
        cookies.put(name, value);
        return this;
    }

    /**
     * Where cookies are kept.
     *
     * @param jar what keeps them; {@link CookieJar#NONE} keeps none. Default: a {@link MemoryCookieJar} of the session's own
     * @return this builder
     */
    public AsyncSessionBuilder cookieJar(CookieJar jar) {
        cookieJar = jar;
        return this;
    }

    /**
     * Sets all time limits.
     *
     * @param limits for each request. Default: {@link ClientTimeout#DEFAULT}, total 300 s and socketConnect 30 s
     * @return this builder
     */
    public AsyncSessionBuilder timeout(ClientTimeout limits) {
        options.timeout(limits);
        return this;
    }

    /**
     * How many connections there may be and how long they are kept.
     *
     * @param config for the whole session. Default: {@link ConnectorConfig#DEFAULT}
     * @return this builder
     */
    public AsyncSessionBuilder connector(ConnectorConfig config) {
        connector = config;
        return this;
    }

    /**
     * How many requests are sent per second, as in {@code rateLimit(RateLimit.perSecond(50).burst(10))}.
     *
     * @param limit null: any number. Default: null
     * @return this builder
     */
    public AsyncSessionBuilder rateLimit(@Nullable RateLimit limit) {
        rateLimit = limit;
        return this;
    }

    /**
     * Whether a status of 400 or above fails the future.
     *
     * @param raise false: a response of any status is a result. Default: false
     * @return this builder
     */
    public AsyncSessionBuilder raiseForStatus(boolean raise) {
        options.raiseForStatus(raise);
        return this;
    }

    /**
     * Whether redirects are followed.
     *
     * @param follow false: a redirect is the response. Default: true
     * @return this builder
     */
    public AsyncSessionBuilder followRedirects(boolean follow) {
        options.followRedirects(follow);
        return this;
    }

    /**
     * Whether compressed responses are asked for and decoded; see {@link RequestOptions#decompress}.
     *
     * @param decode false: bodies are handed over as they were sent. Default: true
     * @return this builder
     */
    public AsyncSessionBuilder decompress(boolean decode) {
        options.decompress(decode);
        return this;
    }

    /**
     * Who is asking, at the origin of the base URL or else of the first request; see {@link Authentication}.
     *
     * @param who whose credentials to send; null: nobody's. Default: null
     * @return this builder
     */
    public AsyncSessionBuilder auth(@Nullable Authentication who) {
        options.auth(who);
        return this;
    }

    /**
     * Whether a failed request is tried again, and when.
     *
     * @param policy null: it is not tried again. Default: null
     * @return this builder
     */
    public AsyncSessionBuilder retry(@Nullable RetryPolicy policy) {
        options.retry(policy);
        return this;
    }

    /**
     * Leaves out fields that are otherwise added automatically; see {@link RequestOptions#skipAutoHeaders}.
     *
     * @param names which of them; in addition to those given before. Default: none
     * @return this builder
     * @throws IllegalArgumentException when the session is built, if there are others among {@code names}
     */
    public AsyncSessionBuilder skipAutoHeaders(String... names) {
        options.skipAutoHeaders(names);
        return this;
    }

    /**
     * How objects become JSON and back.
     *
     * @param codec used by any number of threads at once. Default: {@link JacksonJson} where Jackson is on the class path
     * @return this builder
     */
    public AsyncSessionBuilder jsonCodec(JsonCodec codec) {
        options.jsonCodec(codec);
        return this;
    }

    /**
     * Changes other options, which each request may override.
     *
     * @param change is called at once, with the options as they are so far
     * @return this builder
     */
    public AsyncSessionBuilder options(Consumer<? super RequestOptions.Builder> change) {
        change.accept(options);
        return this;
    }

    /**
     * Adds a middleware inside those added before; it sees every hop of every request.
     *
     * @param middleware called for any number of requests at once
     * @return this builder
     */
    public AsyncSessionBuilder use(AsyncMiddleware middleware) {
        return use(StagedMiddlewares.of(middleware));
    }

    /**
     * Adds a middleware that was written in Kotlin; otherwise as above.
     *
     * @param middleware called for any number of requests at once
     * @return this builder
     */
    public AsyncSessionBuilder use(Middleware middleware) {
        middlewares.add(middleware);
        return this;
    }

    /**
     * Adds {@code breaker} as a middleware: it stops calling the layers inside of it when too many of their calls fail.
     *
     * @param breaker when a server is left alone, and for how long
     * @return this builder
     */
    public AsyncSessionBuilder use(CircuitBreaker breaker) {
        return use(new CircuitBreaking(breaker));
    }

    /**
     * Adds {@code hedging} as a middleware: it calls the layers inside of it a second time when they take long.
     *
     * @param hedging when a request is sent once more; its budget is for all requests
     * @return this builder
     */
    public AsyncSessionBuilder use(Hedging hedging) {
        return use(new HedgedRequests(hedging));
    }

    /**
     * The engine, which carries the requests.
     *
     * @param factory makes the engine, which the session closes. Default: {@link Engines#wire()}
     * @return this builder
     */
    public AsyncSessionBuilder engine(EngineFactory factory) {
        engine = factory;
        return this;
    }

    /**
     * Where futures complete and, unless a stage names another executor, their callbacks run. An executor that runs tasks on
     * the calling thread ({@code Runnable::run}) makes callbacks run on the threads that move bytes, which do nothing else
     * meanwhile; it is for quick callbacks only. A callback that waits for another future of the session keeps its thread, and
     * once all threads wait, they wait for ever. That is why {@link BlockingSession} refuses to be called on this executor.
     *
     * @param executor the session does not shut it down. Default: virtual threads on JDK 21 and later, otherwise a few daemon
     *     threads of the session's own, and one more for each that waits for a future
     * @return this builder
     */
    public AsyncSessionBuilder callbackExecutor(Executor executor) {
        callbackExecutor = executor;
        return this;
    }

    /**
     * What a call takes along from the thread that makes it to its callbacks, and to the other code of yours that runs on the
     * callback executor: middlewares, and actions of {@code gather} and {@code forEachPart}. Code that reads and writes bodies
     * runs elsewhere, without it.
     *
     * @param carrier null: nothing is taken along. Default: null
     * @return this builder
     */
    public AsyncSessionBuilder contextCarrier(@Nullable ContextCarrier carrier) {
        contextCarrier = carrier;
        return this;
    }

    /**
     * Whether the stack traces of failures show which line of the program made the call. Failures arise on other threads; with
     * this, their stack traces continue with the frames of the calling thread. It is meant for finding faults: it costs each
     * call 0.5 to 2 µs, depending on the depth of the stack, compared with some 10 µs for a small request. Without it, what
     * {@code join} and {@code get} throw still shows the line that waits, and what {@link BlockingSession} throws the caller.
     *
     * @param show whether they do. Default: false
     * @return this builder
     */
    public AsyncSessionBuilder showCallers(boolean show) {
        showCallers = show;
        return this;
    }

    /**
     * {@return the session described}
     *
     * @throws IllegalArgumentException if the path of the base URL does not end in a slash
     */
    public AsyncSession build() {
        return new AsyncSession(this);
    }

    SessionConfig config() {
        return new SessionConfig(baseUrl, headers.build(), decided(options.build()), connector, rateLimit)
                .withCookies(cookies);
    }

    private static RequestOptions decided(RequestOptions options) {
        if (options.jsonCodec() != BY_DEFAULT) {
            return options;
        }
        return options.toBuilder().jsonCodec(JacksonJson.ifPresent()).build();
    }

    CookieJar cookieJar() {
        return cookieJar;
    }

    EngineFactory engine() {
        return engine;
    }

    List<Middleware> middlewares() {
        return List.copyOf(middlewares);
    }

    @Nullable
    Executor callbackExecutor() {
        return callbackExecutor;
    }

    boolean showCallers() {
        return showCallers;
    }

    @Nullable
    ContextCarrier contextCarrier() {
        return contextCarrier;
    }
}
