package io.martlet.async;

import io.martlet.async.internal.BodyBridge;
import io.martlet.async.internal.SessionBridge;
import io.martlet.body.TransferProgress;
import io.martlet.http.ClientRequest;
import io.martlet.http.ContentDisposition;
import io.martlet.http.Headers;
import io.martlet.http.MediaType;
import io.martlet.http.Part;
import io.martlet.http.StreamingPart;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A part of a multipart body as a resource: its head has arrived, its body is on the wire. It can be read, once, until the
 * stage is complete that was returned for it; see {@link AsyncResponse#forEachPart}. Reading it later fails with an
 * {@link IllegalStateException}.
 *
 * <p>A {@code Content-Transfer-Encoding} is not decoded; see {@link Part}.
 */
public final class AsyncPart {
    private final SessionBridge bridge;
    private final ClientRequest request;
    private final StreamingPart part;
    private final AsyncBody body;

    private AsyncPart(SessionBridge bridge, ClientRequest request, StreamingPart part) {
        this.bridge = bridge;
        this.request = request;
        this.part = part;
        this.body = new AsyncBody(new BodyBridge(bridge, request, part.getBody(), false));
    }

    static Function<StreamingPart, CompletionStage<?>> each(
            SessionBridge bridge,
            ClientRequest request,
            Function<? super AsyncPart, ? extends CompletionStage<?>> action) {
        return part -> action.apply(new AsyncPart(bridge, request, part));
    }

    /** {@return the fields of the part; often none} */
    public Headers headers() {
        return part.getHeaders();
    }

    /** {@return the {@code name} in the {@code Content-Disposition}: what the field of a form is called} */
    public Optional<String> name() {
        return Optional.ofNullable(part.getName());
    }

    /** {@return the name of the file as it was sent: it may be a path} See {@link ContentDisposition#safeFileName}. */
    public Optional<String> fileName() {
        return Optional.ofNullable(part.getFileName());
    }

    /** {@return the {@code Content-Disposition}; empty if it is missing or malformed} */
    public Optional<ContentDisposition> contentDisposition() {
        return Optional.ofNullable(part.getContentDisposition());
    }

    /**
     * {@return the {@code Content-Type}; {@code text/plain} if it is missing (RFC 2046 §5.1),
     * {@code application/octet-stream} if it is malformed}
     */
    public MediaType mediaType() {
        return part.getMediaType();
    }

    /** {@return the body; closing it gives up this part only} */
    public AsyncBody body() {
        return body;
    }

    /**
     * Reads the body into memory, up to {@code maxBufferedBody}; the part as a value.
     *
     * @return a future of the part; fails with a {@link io.martlet.error.ClientException.BodyTooLargeException} if its body
     *     is longer
     */
    public CompletableFuture<Part> readAll() {
        return CancellableFuture.of(done -> bridge.readAll(request, part, done));
    }

    /**
     * Writes the body to {@code output}; see {@link AsyncResponse#transferTo}.
     *
     * @param output stays open
     * @return a future of the number of bytes; fails with what writing throws
     */
    public CompletableFuture<Long> transferTo(OutputStream output) {
        return body.transferTo(output);
    }

    /**
     * Saves the body as {@code path}; see {@link AsyncResponse#saveTo(Path)}.
     *
     * @param path the file; one that is there is replaced as a whole
     * @return a future of the number of bytes
     */
    public CompletableFuture<Long> saveTo(Path path) {
        return body.saveTo(path);
    }

    /**
     * The same; {@code progress} hears how far it has come.
     *
     * @param path the file; one that is there is replaced as a whole
     * @param progress told on threads that may block; what it throws is a failure
     * @return a future of the number of bytes
     */
    public CompletableFuture<Long> saveTo(Path path, TransferProgress progress) {
        return body.saveTo(path, progress);
    }

    /**
     * Gives the parts of this part, if it is multipart itself, to {@code action}; see {@link AsyncResponse#forEachPart}.
     *
     * @param action begins to read a part; its stage says that the part is done with
     * @return a future that ends with the last part; it holds null
     */
    public CompletableFuture<Void> forEachPart(Function<? super AsyncPart, ? extends CompletionStage<?>> action) {
        return CancellableFuture.of(done -> bridge.forEachPart(part, each(bridge, request, action), done));
    }

    /** Media type; no other header. */
    @Override
    public String toString() {
        return part.toString();
    }
}
