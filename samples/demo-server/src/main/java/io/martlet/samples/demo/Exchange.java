package io.martlet.samples.demo;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A request, body included, on its way to an answer. Belongs to one event loop thread; nothing here blocks.
 *
 * <p>Every handler ends it exactly once, at once or after a timer. When the client leaves early, whatever is still
 * written is dropped.
 */
final class Exchange {
    private static final CharSequence SERVER = HttpHeaders.createOptimized("martlet-demo");
    private static final CharSequence ANY_ORIGIN = HttpHeaders.createOptimized("*");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final Buffer NOTHING = Buffer.buffer(0);

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Counters counters;
    private final boolean isCounted;

    private Buffer body = NOTHING;
    private Parameters path = new Parameters();
    private @Nullable Parameters query;
    private boolean isOver;
    private boolean isLast;

    Exchange(Vertx vertx, HttpServerRequest request, Counters counters, boolean isCounted) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.counters = counters;
        this.isCounted = isCounted;
        if (isCounted) {
            counters.requestCame();
        }
        response.closeHandler(closed -> leave());
        response.exceptionHandler(failure -> leave());
        setStandardHeaders();
    }

    HttpServerRequest request() {
        return request;
    }

    HttpMethod method() {
        return request.method();
    }

    @Nullable
    String header(String name) {
        return request.getHeader(name);
    }

    Buffer body() {
        return body;
    }

    void setBody(Buffer body) {
        this.body = body;
    }

    /** What stood in the place of the {@code {names}} of the route. */
    Parameters path() {
        return path;
    }

    void setPath(Parameters path) {
        this.path = path;
    }

    Parameters query() {
        if (query == null) {
            query = Parameters.parse(request.query());
        }
        return query;
    }

    /** The root of this server as the client addressed it, without a slash at its end. */
    String root() {
        String host = request.getHeader(HttpHeaders.HOST);
        return (request.isSSL() ? "https://" : "http://")
                + (host == null ? request.localAddress().toString() : host);
    }

    /** Whether it is answered, or the client has gone. */
    boolean isOver() {
        return isOver;
    }

    Exchange status(int status) {
        response.setStatusCode(status);
        return this;
    }

    /** For a status that the HTTP library has no name for. */
    Exchange status(int status, String reason) {
        response.setStatusMessage(reason);
        return status(status);
    }

    /** Adds a header whose value, or even name, the client has chosen: 400 if it is not one. */
    Exchange with(String name, String value) {
        try {
            response.headers().add(name, value);
        } catch (IllegalArgumentException e) {
            throw HttpProblem.badRequest("not a header: " + e.getMessage());
        }
        return this;
    }

    void json(Object json) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        body(Json.encode(json));
    }

    void text(String contentType, String text) {
        bytes(contentType, Buffer.buffer(text));
    }

    void bytes(String contentType, Buffer bytes) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        body(bytes);
    }

    void empty() {
        body(NOTHING);
    }

    /** The end of every answer that is not streamed; of what type it is has been said before. */
    void body(Buffer bytes) {
        if (isOver) {
            return;
        }
        setLength(bytes.length());
        leave();
        if (mayHaveBody()) {
            response.end(bytes);
        } else {
            response.end();
        }
    }

    void problem(int status, String message) {
        if (isOver || response.headWritten()) {
            response.reset();
            return;
        }
        response.headers().clear();
        setStandardHeaders();
        status(status).json(new JsonObject().put("error", message));
    }

    /** What still comes of the body is read and dropped: a connection cut in the middle would lose this answer. */
    void refuseBody() {
        // RFC 9110 §10.1.1: who expected a 100 may send the body all the same, or never; there is no telling.
        isLast = header("Expect") != null;
        problem(413, "the request body is larger than " + BodyCollector.MAX_BODY_BYTES + " bytes");
    }

    /** Sends a body of {@code length} bytes as fast as the client takes it. */
    void stream(int length, ChunkSource chunks) {
        stream(length, 0, chunks);
    }

    /** The same with a pause in milliseconds after each chunk. */
    void stream(int length, long pauseMillis, ChunkSource chunks) {
        setLength(length);
        pump(pauseMillis, chunks);
    }

    /** Sends a body with chunked transfer coding, a chunk for each of the source. */
    void streamChunked(ChunkSource chunks) {
        response.setChunked(true);
        pump(0, chunks);
    }

    private void pump(long pauseMillis, ChunkSource chunks) {
        if (mayHaveBody()) {
            new BodyPump(vertx, this, response, chunks, pauseMillis).run();
        } else {
            endStream();
        }
    }

    private void setLength(int length) {
        int status = response.getStatusCode();
        // RFC 9110 §8.6: none in a 204; and a 304 would have to name the length that a 200 has.
        if (status != 204 && status != 304) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(length));
        }
    }

    private boolean mayHaveBody() {
        int status = response.getStatusCode();
        return request.method() != HttpMethod.HEAD && status != 204 && status != 304;
    }

    void endStream() {
        if (!isOver) {
            leave();
            response.end();
        }
    }

    /** Runs the step later, unless the client leaves before. */
    void after(long millis, Runnable step) {
        if (millis < 1) {
            guard(step);
            return;
        }
        vertx.setTimer(millis, timer -> {
            if (!isOver) {
                guard(step);
            }
        });
    }

    /** Runs a step of the handling; whatever it throws becomes the answer. */
    void guard(Runnable step) {
        try {
            step.run();
        } catch (HttpProblem e) {
            problem(e.status(), e.getMessage());
        } catch (RuntimeException | OutOfMemoryError e) {
            // A body of many megabytes may echo as several times its size: one request's trouble, not the server's.
            problem(500, e.toString());
        }
    }

    // Called before the last byte goes out: a client that has its answer may send its next request while this thread
    // has not run on yet, and would be counted twice.
    private void leave() {
        if (!isOver && isCounted) {
            counters.requestLeft();
        }
        isOver = true;
    }

    private void setStandardHeaders() {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        response.putHeader(HttpHeaders.SERVER, SERVER);
        response.putHeader(HttpHeaders.DATE, HttpDates.now());
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin == null ? ANY_ORIGIN : origin);
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        if (isLast) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }
}
