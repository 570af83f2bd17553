package io.martlet.samples.demo;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An httpbin-like HTTP/1.1 server on 127.0.0.1, with TLS if it is asked for, for demonstrations and tests.
 *
 * <p>It holds thousands of slow requests at once on two event loop threads. The threads keep the JVM alive until
 * {@link #close}. All methods may be called from any thread but those of the server itself.
 */
public final class DemoServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int EVENT_LOOPS = 2;

    // Netty warns, with a stack trace, of each connection that comes while the server closes. Kept here because the
    // level goes with the logger when nobody holds it.
    private static final Logger ACCEPT_LOGGER = Logger.getLogger("io.netty.bootstrap.ServerBootstrap");

    private final Vertx vertx;
    private final Counters counters;
    private final String baseUrl;
    private final int port;

    private DemoServer(Vertx vertx, Counters counters, String scheme, int port) {
        this.vertx = vertx;
        this.counters = counters;
        this.baseUrl = scheme + "://" + HOST + ":" + port + "/";
        this.port = port;
    }

    /**
     * Starts a server and returns once it listens.
     *
     * @param port 0 takes any free port
     * @throws UncheckedIOException if it cannot listen there, for one because the port is taken; the message names it
     */
    public static DemoServer start(int port) {
        return start(port, new HttpServerOptions());
    }

    /**
     * Starts a server that speaks TLS only, and returns once it listens. All files are PEM.
     *
     * @param port        0 takes any free port
     * @param certificate the certificate it shows, or a chain of them
     * @param key         the certificate's key, PKCS #8
     * @param clients     the authority of those clients that it serves; null: it serves everybody, and asks for no certificate
     * @throws UncheckedIOException as {@link #start(int)} does
     */
    public static DemoServer startTls(int port, Path certificate, Path key, @Nullable Path clients) {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(certificate.toString())
                        .addKeyPath(key.toString()));
        if (clients != null) {
            options.setClientAuth(ClientAuth.REQUIRED)
                    .setTrustOptions(new PemTrustOptions().addCertPath(clients.toString()));
        }
        return start(port, options);
    }

    private static DemoServer start(int port, HttpServerOptions options) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535 but was " + port);
        }
        ACCEPT_LOGGER.setLevel(Level.OFF);
        Vertx vertx = Vertx.vertx(smallOptions());
        Counters counters = new Counters();
        Listener listener = new Listener(vertx, new Routes(vertx, counters), options, port);
        try {
            await(vertx.deployVerticle(listener, new DeploymentOptions().setInstances(EVENT_LOOPS)));
        } catch (CompletionException e) {
            await(vertx.close());
            throw cannotListen(port, e.getCause());
        }
        return new DemoServer(vertx, counters, options.isSsl() ? "https" : "http", listener.boundPort);
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** The address of its root, {@code http://127.0.0.1:PORT/} or https, to append a path without a leading slash to. */
    public String baseUrl() {
        return baseUrl;
    }

    /** Most requests that were being answered at the same moment since the start or the last reset. */
    public int maxInFlight() {
        return counters.maxInFlight();
    }

    /** Requests that came in since the start or the last reset, those for {@code /stats} not counted. */
    public long requests() {
        return counters.requests();
    }

    /** Sets the counters back: to no requests, and to as many at once as are being answered right now. */
    public void resetCounters() {
        counters.reset();
    }

    /** Cuts every connection, frees the port and ends all threads: they are gone some milliseconds later. Idempotent. */
    @Override
    public void close() {
        await(vertx.close());
    }

    private static VertxOptions smallOptions() {
        return new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                // A sample has nobody to warn of a busy event loop: a debugger or a sleeping laptop would fill the log.
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private static UncheckedIOException cannotListen(int port, Throwable cause) {
        String message = "Cannot listen on " + HOST + ":" + port + ": " + cause.getMessage();
        return new UncheckedIOException(message, new IOException(message, cause));
    }

    /** Makes one HTTP server for each event loop; Vert.x hands the connections of a common port round among them. */
    private static final class Listener implements Supplier<Deployable> {
        private static final int MAX_HEAD_BYTES = 65_536;

        private final Vertx vertx;
        private final Routes routes;
        private final HttpServerOptions options;
        private final SocketAddress address;
        private volatile int boundPort;

        Listener(Vertx vertx, Routes routes, HttpServerOptions options, int port) {
            this.vertx = vertx;
            this.routes = routes;
            this.options = options.setAcceptBacklog(4_096)
                    .setMaxInitialLineLength(MAX_HEAD_BYTES)
                    .setMaxHeaderSize(MAX_HEAD_BYTES)
                    .setUseAlpn(false)
                    .setHttp2ClearTextEnabled(false);
            // Port 0 would be another one for each event loop.
            this.address =
                    port == 0 ? SocketAddress.sharedRandomPort(1, HOST) : SocketAddress.inetSocketAddress(port, HOST);
        }

        @Override
        public Deployable get() {
            return context -> listen();
        }

        private Future<HttpServer> listen() {
            return vertx.createHttpServer(options)
                    .requestHandler(routes::accept)
                    .exceptionHandler(failure -> {})
                    .listen(address)
                    .onSuccess(server -> boundPort = server.actualPort());
        }
    }
}
