package io.martlet.samples.bench.client;

import static org.asynchttpclient.Dsl.asyncHttpClient;
import static org.asynchttpclient.Dsl.config;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.BoundRequestBuilder;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.Response;

/** AsyncHttpClient; its pool has no limit, its transport is the native one where there is one. */
final class AsyncHttpClientPeer implements CallbackClient {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final AsyncHttpClient client = asyncHttpClient(config().setUseNativeTransport(Epoll.isAvailable())
            .setHttp2Enabled(false)
            .setConnectTimeout(Duration.ofSeconds(30))
            .setRequestTimeout(PATIENCE)
            .setReadTimeout(PATIENCE));

    @Override
    public void start(Exchange exchange, Answer answer) {
        BoundRequestBuilder request = exchange.kind() == Exchange.Kind.UPLOAD
                ? client.preparePost(exchange.url()).setBody(exchange.upload())
                : client.prepareGet(exchange.url());
        if (exchange.closes()) {
            request.setHeader("Connection", "close");
        }
        request.execute(exchange.kind() == Exchange.Kind.DOWNLOAD ? new Counting(answer) : new Buffering(answer));
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static class Buffering extends AsyncCompletionHandler<Response> {
        private final Answer answer;

        Buffering(Answer answer) {
            this.answer = answer;
        }

        long length(Response response) {
            return response.getResponseBodyAsBytes().length;
        }

        @Override
        public Response onCompleted(Response response) {
            answer.done(response.getStatusCode(), length(response));
            return response;
        }

        @Override
        public void onThrowable(Throwable failure) {
            answer.failed(failure);
        }
    }

    private static final class Counting extends Buffering {
        private long bytes;

        Counting(Answer answer) {
            super(answer);
        }

        @Override
        public State onBodyPartReceived(HttpResponseBodyPart part) {
            bytes += part.length();
            return State.CONTINUE;
        }

        @Override
        long length(Response response) {
            return bytes;
        }
    }
}
