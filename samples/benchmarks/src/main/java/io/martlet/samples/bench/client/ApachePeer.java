package io.martlet.samples.bench.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** Apache HttpClient's asynchronous client; its limits of 5 and 25 connections are raised to what is in flight. */
final class ApachePeer implements CallbackClient {
    private final CloseableHttpAsyncClient client;

    ApachePeer(int inFlight) {
        PoolingAsyncClientConnectionManager connections = PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnTotal(inFlight)
                .setMaxConnPerRoute(inFlight)
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(30))
                        .setSocketTimeout(Timeout.ofMinutes(5))
                        .build())
                .build();
        client = HttpAsyncClients.custom()
                .setConnectionManager(connections)
                .disableCookieManagement()
                .build();
        client.start();
    }

    @Override
    public void start(Exchange exchange, Answer answer) {
        if (exchange.kind() == Exchange.Kind.DOWNLOAD) {
            send(exchange, new CountingConsumer(), answer, Counted::status, Counted::bytes);
        } else {
            send(
                    exchange,
                    SimpleResponseConsumer.create(),
                    answer,
                    SimpleHttpResponse::getCode,
                    response -> response.getBodyBytes().length);
        }
    }

    private <T> void send(
            Exchange exchange,
            AsyncResponseConsumer<T> consumer,
            Answer answer,
            ToIntFunction<T> status,
            ToLongFunction<T> bytes) {
        client.execute(producer(exchange), consumer, new FutureCallback<T>() {
            @Override
            public void completed(T response) {
                answer.done(status.applyAsInt(response), bytes.applyAsLong(response));
            }

            @Override
            public void failed(Exception failure) {
                answer.failed(failure);
            }

            @Override
            public void cancelled() {
                answer.failed(new IOException("Cancelled"));
            }
        });
    }

    private static AsyncRequestProducer producer(Exchange exchange) {
        AsyncRequestBuilder request = exchange.kind() == Exchange.Kind.UPLOAD
                ? AsyncRequestBuilder.post(exchange.url())
                        .setEntity(exchange.upload(), ContentType.APPLICATION_OCTET_STREAM)
                : AsyncRequestBuilder.get(exchange.url());
        if (exchange.closes()) {
            request.setHeader("Connection", "close");
        }
        return request.build();
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    private record Counted(int status, long bytes) {}

    private static final class CountingConsumer extends AbstractBinResponseConsumer<Counted> {
        private static final int PIECE_BYTES = 65_536;

        private int status;
        private long bytes;

        @Override
        protected void start(HttpResponse response, ContentType contentType) {
            status = response.getCode();
        }

        @Override
        protected int capacityIncrement() {
            return PIECE_BYTES;
        }

        @Override
        protected void data(ByteBuffer piece, boolean isLast) {
            bytes += piece.remaining();
            piece.position(piece.limit());
        }

        @Override
        protected Counted buildResult() {
            return new Counted(status, bytes);
        }

        @Override
        public void releaseResources() {}
    }
}
