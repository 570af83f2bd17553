package io.martlet.async;

import io.martlet.async.internal.BodyBridge;
import io.martlet.async.internal.SessionBridge;
import io.martlet.body.ServerSentEvent;
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
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A response as a resource: its head has arrived, and its body is still on the wire. It must be closed, best by
 * {@code try}-with-resources or by one of the methods here that read the body: they close it when they are done, when they
 * fail, and when they are cancelled. {@link #body} is for those who read it step by step, and close it themselves.
 *
 * <p>The body is read once, by one reader at a time; see {@link AsyncBody}, also for what publishers do. Closing before
 * its end gives up the connection, unless little of it is left.
 */
public final class AsyncResponse implements AutoCloseable {
    private final SessionBridge bridge;
    private final StreamingResponse response;
    private final AsyncBody body;

    /** The same body, closed by whoever reads it. */
    private final AsyncBody once;

    AsyncResponse(SessionBridge bridge, StreamingResponse response) {
        this.bridge = bridge;
        this.response = response;
        this.body = new AsyncBody(new BodyBridge(bridge, response.getRequest(), response.getBody(), false));
        this.once = new AsyncBody(new BodyBridge(bridge, response.getRequest(), response.getBody(), true));
    }

    /**
     * {@return a response that comes from no engine, its body complete: for middlewares that answer by themselves, and for
     * their tests}
     *
     * @param request what it answers
     * @param status from 200 to 599
     * @param headers the fields; none is added
     * @param body not copied; must not be changed afterwards
     * @throws IllegalArgumentException if {@code status} is not from 200 to 599
     */
    public static AsyncResponse of(ClientRequest request, int status, Headers headers, byte[] body) {
        return new AsyncResponse(SessionBridge.detached(), new StreamingResponse(request, status, headers, body));
    }

    /**
     * {@return this response with other fields; closing either closes both, and one of them is read}
     *
     * @param headers take the place of all fields
     */
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

    /** {@return the request that was answered: the last one, if there were redirects} */
    public ClientRequest request() {
        return response.getRequest();
    }

    /** {@return the URL that answered: after redirects, without fragment} */
    public Url url() {
        return response.getUrl();
    }

    /** {@return the protocol version of the response} */
    public HttpVersion version() {
        return response.getVersion();
    }

    /** {@return the URL that answered, with the fragment: its own, or that of the URL that redirected there} */
    public Url realUrl() {
        return response.getRealUrl();
    }

    /** {@return what was asked: the method of the last request, if there were redirects} */
    public Method method() {
        return response.getMethod();
    }

    /** {@return the status: three digits (RFC 9110 §15)} */
    public int status() {
        return response.getStatus();
    }

    /** {@return whether the status is below 400} */
    public boolean isOk() {
        return response.isOk();
    }

    /** {@return the phrase after the status, often empty} */
    public String reason() {
        return response.getReason();
    }

    /** {@return the fields of the response} */
    public Headers headers() {
        return response.getHeaders();
    }

    /** {@return the cookies that this response sets and may set, in their order} {@code Max-Age} counts from this call. */
    public List<Cookie> cookies() {
        return response.getCookies();
    }

    /** {@return the {@code Content-Length}; -1 if there is none that is a number} */
    public long contentLength() {
        return response.getContentLength();
    }

    /** {@return the {@code Content-Type}; {@code application/octet-stream} if it is missing or malformed} */
    public MediaType mediaType() {
        return response.getMediaType();
    }

    /** {@return the {@code Content-Disposition} (RFC 6266), which may name a file; empty if it is missing or malformed} */
    public Optional<ContentDisposition> contentDisposition() {
        return Optional.ofNullable(response.getContentDisposition());
    }

    /** {@return the links of all {@code Link} fields (RFC 8288), their targets resolved against {@link #url}; often none} */
    public List<Link> links() {
        return response.getLinks();
    }

    /** {@return the fields after a chunked body (RFC 9110 §6.5), complete once it is read to its end; usually none} */
    public Headers trailers() {
        return response.getTrailers();
    }

    /** {@return the redirects that led here, earliest first, without their bodies} */
    public List<ClientResponse> history() {
        return response.getHistory();
    }

    /** {@return the body, for readers that take some of it and leave the rest; none of them closes this response} */
    public AsyncBody body() {
        return body;
    }

    /**
     * Reads the body into memory, up to {@code maxBufferedBody}, and closes this response.
     *
     * @return a future of all bytes; fails with a {@link io.martlet.error.ClientException.BodyTooLargeException} if there
     *     are more
     */
    public CompletableFuture<byte[]> bytes() {
        return once.readBytes();
    }

    /**
     * Reads the body into memory, up to {@code maxBufferedBody}, closes this response, and returns it as a value.
     *
     * @return a future of the response with its body; fails with a
     *     {@link io.martlet.error.ClientException.BodyTooLargeException} if it is longer
     */
    public CompletableFuture<ClientResponse> readAll() {
        return CancellableFuture.of(done -> bridge.readAll(response, done));
    }

    /**
     * Reads the body as text and closes this response; see {@link ClientResponse#text()}.
     *
     * @return a future of the text
     */
    public CompletableFuture<String> text() {
        return readAll().thenApply(ClientResponse::text);
    }

    /**
     * Reads the body as JSON and closes this response; see {@link ClientResponse#json(Class)}.
     *
     * @param type what it is read as
     * @param <T> what it is
     * @return a future of what the JSON describes; fails if it is no JSON of that type
     */
    public <T> CompletableFuture<T> json(Class<T> type) {
        return readAll().thenApply(whole -> whole.json(type));
    }

    /**
     * Reads the body as JSON of a generic type, and closes this response.
     *
     * @param type what it is read as, with its type arguments
     * @return a future of what the JSON describes, which is a {@code type}; fails if it is no JSON of that type
     */
    public CompletableFuture<Object> json(Type type) {
        return readAll().thenApply(whole -> whole.json(type));
    }

    /** {@return the body as a stream whose reader waits; closing it closes this response} See {@link AsyncBody#inputStream}. */
    public InputStream inputStream() {
        return once.inputStream();
    }

    /** {@return the bytes of the body as they arrive, for one subscriber; the end of its subscription closes this response} */
    public Flow.Publisher<List<ByteBuffer>> publisher() {
        return once.publisher();
    }

    /**
     * {@return the lines of the body, in UTF-8 and of at most 64 KiB each, for one subscriber; the end of its subscription
     * closes this response} For others see {@link AsyncBody#lines(int, java.nio.charset.Charset)}.
     */
    public Flow.Publisher<String> lines() {
        return once.lines();
    }

    /**
     * {@return the events of a body of {@code text/event-stream}, of at most 1 MiB each, for one subscriber; the end of its
     * subscription closes this response} See {@link AsyncBody#events(int)}.
     */
    public Flow.Publisher<ServerSentEvent> events() {
        return once.events();
    }

    /**
     * Writes the body to {@code output} and closes this response. Writing happens on threads that may block.
     *
     * @param output stays open
     * @return a future of the number of bytes; fails with what writing throws
     */
    public CompletableFuture<Long> transferTo(OutputStream output) {
        return once.transferTo(output);
    }

    /**
     * Does the same; {@code progress} is told how far it has come.
     *
     * @param output stays open
     * @param progress told on threads that may block; what it throws is a failure
     * @return a future of the number of bytes; fails with what writing throws
     */
    public CompletableFuture<Long> transferTo(OutputStream output, TransferProgress progress) {
        return once.transferTo(output, progress);
    }

    /**
     * Saves the body as {@code path} and closes this response. The file appears under its name only when the body is
     * complete; if that fails, a file that was there before is untouched.
     *
     * @param path the file; one that is there is replaced as a whole
     * @return a future of the number of bytes
     */
    public CompletableFuture<Long> saveTo(Path path) {
        return once.saveTo(path);
    }

    /**
     * Does the same; {@code progress} is told how far it has come.
     *
     * @param path the file; one that is there is replaced as a whole
     * @param progress told on threads that may block; what it throws is a failure
     * @return a future of the number of bytes
     */
    public CompletableFuture<Long> saveTo(Path path, TransferProgress progress) {
        return once.saveTo(path, progress);
    }

    /**
     * Gives the parts of a multipart body to {@code action}, one after the other as they arrive, and closes this response.
     * A part can be read until the stage that {@code action} returned for it is complete; then what was not read of it is
     * skipped, and the next one follows. {@code action} is called on the callback executor.
     *
     * <p>The future ends with the last part. It fails with what {@code action} or its stage fails with, and with a
     * {@link io.martlet.error.ClientException.PayloadException} as {@link ClientResponse#parts} does. Cancelling it cancels
     * the stage that it waits for.
     *
     * @param action begins to read a part; its stage says that the part is done with
     * @return a future that ends with the last part; it holds null
     */
    public CompletableFuture<Void> forEachPart(Function<? super AsyncPart, ? extends CompletionStage<?>> action) {
        return CancellableFuture.of(
                done -> bridge.forEachPart(response, AsyncPart.each(bridge, request(), action), done));
    }

    /** Ends the reading. Idempotent; may be called from any thread. */
    @Override
    public void close() {
        response.close();
    }

    @Override
    public String toString() {
        return response.toString();
    }
}
