package io.martlet.samples.bench.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.function.ToLongFunction;

/** {@link HttpClient}; its pool has no limit, and its futures complete on its own executor. */
final class JdkPeer implements CallbackClient {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public void start(Exchange exchange, Answer answer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(exchange.url()));
        if (exchange.closes()) {
            request.header("Connection", "close");
        }
        switch (exchange.kind()) {
            case FETCH -> send(request, BodyHandlers.ofByteArray(), body -> body.length, answer);
            case DOWNLOAD -> send(request, counting(), body -> body[0], answer);
            case UPLOAD -> {
                request.POST(BodyPublishers.ofByteArray(exchange.upload()));
                send(request, BodyHandlers.ofByteArray(), body -> body.length, answer);
            }
        }
    }

    private <T> void send(
            HttpRequest.Builder request, BodyHandler<T> handler, ToLongFunction<T> length, Answer answer) {
        client.sendAsync(request.build(), handler).whenComplete((response, failure) -> {
            if (failure != null) {
                answer.failed(failure);
            } else {
                answer.done(response.statusCode(), length.applyAsLong(response.body()));
            }
        });
    }

    private static BodyHandler<long[]> counting() {
        return head -> {
            long[] bytes = {0};
            return BodySubscribers.mapping(
                    BodySubscribers.ofByteArrayConsumer(piece ->
                            bytes[0] += piece.map(array -> array.length).orElse(0)),
                    end -> bytes);
        };
    }

    /** Its threads end when it is collected; before JDK 21 there is no other way. */
    @Override
    public void close() {}
}
