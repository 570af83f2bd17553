package io.martlet.samples.bench.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp's asynchronous calls; its limits of 5 and 64 calls and of 5 idle connections are raised to what is in flight. */
final class OkHttpPeer implements CallbackClient {
    private static final MediaType BINARY = MediaType.get("application/octet-stream");
    private static final int PIECE_BYTES = 65_536;

    private final OkHttpClient client;

    OkHttpPeer(int inFlight) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(inFlight);
        dispatcher.setMaxRequestsPerHost(inFlight);
        client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(inFlight, 5, TimeUnit.MINUTES))
                .protocols(List.of(Protocol.HTTP_1_1))
                .readTimeout(Duration.ofMinutes(5))
                .build();
    }

    @Override
    public void start(Exchange exchange, Answer answer) {
        Request.Builder request = new Request.Builder().url(exchange.url());
        if (exchange.closes()) {
            request.header("Connection", "close");
        }
        if (exchange.kind() == Exchange.Kind.UPLOAD) {
            request.post(RequestBody.create(exchange.upload(), BINARY));
        }
        client.newCall(request.build()).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException failure) {
                answer.failed(failure);
            }

            @Override
            public void onResponse(Call call, Response response) {
                long bytes;
                try (response) {
                    bytes = read(exchange, response);
                } catch (IOException e) {
                    answer.failed(e);
                    return;
                }
                answer.done(response.code(), bytes);
            }
        });
    }

    private static long read(Exchange exchange, Response response) throws IOException {
        if (exchange.kind() != Exchange.Kind.DOWNLOAD) {
            return response.body().bytes().length;
        }
        byte[] piece = new byte[PIECE_BYTES];
        long bytes = 0;
        InputStream body = response.body().byteStream();
        for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
            bytes += n;
        }
        return bytes;
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
