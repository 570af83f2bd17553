package io.martlet.samples.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** The JDK's client with the address of a server: paths have no leading slash, headers are names and values in turn. */
final class DemoClient {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;

    DemoClient(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    String baseUrl() {
        return baseUrl;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        BodyPublisher publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        return send(method, path, publisher, BodyHandlers.ofString(), headers);
    }

    HttpResponse<byte[]> getBytes(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), BodyHandlers.ofByteArray(), headers);
    }

    <T> HttpResponse<T> send(
            String method, String path, BodyPublisher body, HttpResponse.BodyHandler<T> handler, String... headers) {
        try {
            return client.send(request(method, path, body, headers), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    CompletableFuture<HttpResponse<String>> getAsync(String path) {
        return client.sendAsync(request("GET", path, BodyPublishers.noBody()), BodyHandlers.ofString());
    }

    JsonObject json(String path, String... headers) {
        return new JsonObject(get(path, headers).body());
    }

    JsonObject sendForJson(String method, String path, String body, String... headers) {
        return new JsonObject(send(method, path, body, headers).body());
    }

    JsonArray array(String path) {
        return new JsonArray(get(path).body());
    }

    int status(String path, String... headers) {
        return get(path, headers).statusCode();
    }

    private HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl + path)).method(method, body);
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }
}
