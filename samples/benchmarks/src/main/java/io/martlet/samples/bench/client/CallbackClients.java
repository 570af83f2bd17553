package io.martlet.samples.bench.client;

import java.util.concurrent.Executor;

/** Opens clients that call back. */
public final class CallbackClients {
    private static final Executor DIRECT = Runnable::run;

    private CallbackClients() {}

    /**
     * A new client of a library that calls back.
     *
     * @param inFlight how many requests there will be at once; limits are raised to it
     * @throws IllegalArgumentException if the library has no callbacks
     */
    public static CallbackClient open(Library library, Mode mode, int inFlight) {
        return switch (library) {
            case MARTLET -> new MartletFutures(inFlight, mode == Mode.FUTURE ? DIRECT : null, null);
            case OKHTTP -> new OkHttpPeer(inFlight);
            case APACHE -> new ApachePeer(inFlight);
            case ASYNC_HTTP_CLIENT -> new AsyncHttpClientPeer();
            case VERTX -> new VertxPeer(inFlight);
            case JDK -> new JdkPeer();
            case KTOR_CIO -> new CoroutineCallbacks(SuspendClients.open(library, inFlight));
            case AIOHTTP, WRK -> throw new IllegalArgumentException(library.label() + " is not a library of the JVM");
        };
    }

    /** Martlet's futures over an engine that answers from memory: what the bridge alone costs. */
    public static CallbackClient inMemory(Mode mode, int bodyBytes) {
        return new MartletFutures(0, mode == Mode.FUTURE ? DIRECT : null, MemoryEngineKt.memoryEngine(bodyBytes));
    }
}
