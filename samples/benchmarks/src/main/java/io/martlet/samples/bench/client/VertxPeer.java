package io.martlet.samples.bench.client;

import io.netty.channel.epoll.Epoll;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;

/** Vert.x WebClient; its limit of 5 connections is raised to what is in flight, its transport is the native one. */
final class VertxPeer implements CallbackClient {
    private final Vertx vertx;
    private final WebClient client;

    VertxPeer(int inFlight) {
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(Epoll.isAvailable()));
        WebClientOptions options = new WebClientOptions().setUserAgentEnabled(false);
        options.setProtocolVersion(HttpVersion.HTTP_1_1).setConnectTimeout(30_000);
        client = WebClient.create(vertx, options, new PoolOptions().setHttp1MaxSize(inFlight));
    }

    @Override
    public void start(Exchange exchange, Answer answer) {
        boolean isUpload = exchange.kind() == Exchange.Kind.UPLOAD;
        HttpRequest<Buffer> request = isUpload ? client.postAbs(exchange.url()) : client.getAbs(exchange.url());
        if (exchange.closes()) {
            request.putHeader("Connection", "close");
        }
        if (exchange.kind() == Exchange.Kind.DOWNLOAD) {
            download(request, answer);
            return;
        }
        Future<HttpResponse<Buffer>> response =
                isUpload ? request.sendBuffer(Buffer.buffer(exchange.upload())) : request.send();
        response.onComplete(result -> {
            if (result.failed()) {
                answer.failed(result.cause());
                return;
            }
            Buffer body = result.result().body();
            answer.done(result.result().statusCode(), body == null ? 0 : body.length());
        });
    }

    private static void download(HttpRequest<Buffer> request, Answer answer) {
        CountingStream counter = new CountingStream();
        request.as(BodyCodec.pipe(counter)).send().onComplete(result -> {
            if (result.failed()) {
                answer.failed(result.cause());
            } else {
                answer.done(result.result().statusCode(), counter.bytes);
            }
        });
    }

    @Override
    public void close() {
        client.close();
        vertx.close();
    }

    /** Takes everything at once; called by one event loop. */
    private static final class CountingStream implements WriteStream<Buffer> {
        private long bytes;

        @Override
        public Future<Void> write(Buffer data) {
            bytes += data.length();
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> end() {
            return Future.succeededFuture();
        }

        @Override
        public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
            return this;
        }

        @Override
        public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
            return this;
        }

        @Override
        public boolean writeQueueFull() {
            return false;
        }

        @Override
        public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
            return this;
        }
    }
}
