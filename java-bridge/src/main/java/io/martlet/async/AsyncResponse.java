package io.martlet.async;

import io.martlet.async.internal.SessionBridge;
import io.martlet.body.TransferProgress;
import io.martlet.cookie.Cookie;
import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.ContentDisposition;
import io.martlet.http.Headers;
import io.martlet.http.HttpVersion;
import io.martlet.http.Link;
import io.martlet.http.MediaType;
import io.martlet.http.Method;
import io.martlet.http.StreamingResponse;
import io.martlet.http.Url;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A response as a resource: its head has arrived, its body is on the wire. It must be closed, best by
 * {@code try}-with-resources or by one of the methods that read the body, which close it when they are done.
 *
 * <p>The body is read once. Closing before its end gives up the connection.
 */
public final class AsyncResponse implements AutoCloseable {
    private final SessionBridge bridge;
    private final StreamingResponse response;

    AsyncResponse(SessionBridge bridge, StreamingResponse response) {
        this.bridge = bridge;
        this.response = response;
    }

    /**
     * A response that no engine gave, its body complete: for middlewares that answer by themselves, and for their tests.
     *
     * @param request what it answers
     * @throws IllegalArgumentException if {@code status} is not from 200 to 599
     */
    public static AsyncResponse of(ClientRequest request, int status, Headers headers, byte[] body) {
        return new AsyncResponse(SessionBridge.detached(), new StreamingResponse(request, status, headers, body));
    }

    /** This response with other fields; closing either closes both, and one of them is read. */
    public AsyncResponse withHeaders(Headers headers) {
        return new AsyncResponse(
                bridge,
                new StreamingResponse(
                        request(), version(), status(), reason(), headers, response.getSource(), history()));
    }

    StreamingResponse streaming() {
        return response;
    }

    /** Lets {@code done} have what the bridge gives. */
    static BiConsumer<@Nullable StreamingResponse, @Nullable Throwable> into(
            SessionBridge bridge, BiConsumer<@Nullable AsyncResponse, @Nullable Throwable> done) {
        return (response, error) -> done.accept(response == null ? null : new AsyncResponse(bridge, response), error);
    }

    /** The request that was answered: the last one, if there were redirects. */
    public ClientRequest request() {
        return response.getRequest();
    }

    /** The URL that answered: after redirects, without fragment. */
    public Url url() {
        return response.getUrl();
    }

    /** Protocol version of the response. */
    public HttpVersion version() {
        return response.getVersion();
    }

    /** The URL that answered, with the fragment: its own, or that of the URL that redirected there. */
    public Url realUrl() {
        return response.getRealUrl();
    }

    /** What was asked: the method of the last request, if there were redirects. */
    public Method method() {
        return response.getMethod();
    }

    /** Three digits (RFC 9110 §15). */
    public int status() {
        return response.getStatus();
    }

    /** The phrase after the status, often empty. */
    public String reason() {
        return response.getReason();
    }

    /** The fields of the response. */
    public Headers headers() {
        return response.getHeaders();
    }

    /** The cookies that this response sets and may set, in their order. {@code Max-Age} counts from this call. */
    public List<Cookie> cookies() {
        return response.getCookies();
    }

    /** The {@code Content-Length}; -1 if there is none that is a number. */
    public long contentLength() {
        return response.getContentLength();
    }

    /** The {@code Content-Type}; {@code application/octet-stream} if it is missing or malformed. */
    public MediaType mediaType() {
        return response.getMediaType();
    }

    /** The {@code Content-Disposition} (RFC 6266), which may name a file; empty if it is missing or malformed. */
    public Optional<ContentDisposition> contentDisposition() {
        return Optional.ofNullable(response.getContentDisposition());
    }

    /** The links of all {@code Link} fields (RFC 8288), their targets resolved against {@link #url}; often none. */
    public List<Link> links() {
        return response.getLinks();
    }

    /** The fields after a chunked body (RFC 9110 §6.5), complete once it is read to its end; usually none. */
    public Headers trailers() {
        return response.getTrailers();
    }

    /** The redirects that led here, earliest first, without their bodies. */
    public List<ClientResponse> history() {
        return response.getHistory();
    }

    /** Reads the body into memory, up to {@code maxBufferedBody}, and closes this response. */
    public CompletableFuture<byte[]> bytes() {
        return CancellableFuture.of(done -> bridge.readBytes(response, done));
    }

    /**
     * Writes the body to {@code output}, which stays open, and closes this response. The future holds the number of
     * bytes. Writing happens on threads that may block.
     */
    public CompletableFuture<Long> transferTo(OutputStream output) {
        return CancellableFuture.of(done -> bridge.transferTo(response, output, done));
    }

    /**
     * Saves the body as {@code path} and closes this response. The future holds the number of bytes. The file appears
     * under its name only when the body is complete; on failure whatever was there before is untouched.
     */
    public CompletableFuture<Long> saveTo(Path path) {
        return saveTo(path, TransferProgress.NONE);
    }

    /** The same; {@code progress} hears how far it has come, on threads that may block. What it throws is a failure. */
    public CompletableFuture<Long> saveTo(Path path, TransferProgress progress) {
        return CancellableFuture.of(done -> bridge.saveTo(response, path, progress, done));
    }

    /**
     * Gives the parts of a multipart body to {@code action}, one after the other as they arrive, and closes this response.
     * A part can be read until the stage that {@code action} returned for it is complete; then what was not read of it is
     * skipped, and the next one follows. {@code action} is called on the callback executor.
     *
     * <p>The future ends with the last part. It fails with what {@code action} or its stage fails with, and with a
     * {@link io.martlet.error.ClientException.PayloadException} as {@link ClientResponse#parts} does. Cancelling it cancels
     * the stage that it waits for.
     */
    public CompletableFuture<Void> forEachPart(Function<? super AsyncPart, ? extends CompletionStage<?>> action) {
        return CancellableFuture.of(
                done -> bridge.forEachPart(response, AsyncPart.each(bridge, request(), action), done));
    }

    /** Ends the reading; idempotent, from any thread. */
    @Override
    public void close() {
        response.close();
    }

    @Override
    public String toString() {
        return response.toString();
    }
}
