package io.martlet.async;

import io.martlet.async.internal.BodyBridge;
import io.martlet.body.ServerSentEvent;
import io.martlet.body.TransferProgress;
import io.martlet.http.Headers;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * A body while it arrives. It is read once, by one reader at a time: whoever reads while another does gets an
 * {@link IllegalStateException}. What one reader leaves, the next one gets; one that was cancelled is waited for until it has
 * let go.
 *
 * <p>The server is held back while nobody reads. A body that ends before the length that its head announced is never
 * complete: reading it fails with a {@link io.martlet.error.ClientException.PayloadException}.
 *
 * <p><b>Publishers</b> keep the rules of reactive streams (https://www.reactive-streams.org). They begin to read when a
 * subscriber first requests something, read no more than is requested, and call subscribers on the callback executor; as
 * the body is read once, there is one subscriber for all of it. Cancelling a subscription leaves the rest to the next
 * reader.
 */
public final class AsyncBody implements AutoCloseable {
    private final BodyBridge bridge;

    AsyncBody(BodyBridge bridge) {
        this.bridge = bridge;
    }

    /** {@return how many bytes it has in all; -1 if that is not known, as of one that is decoded} */
    public long totalBytes() {
        return bridge.getTotalBytes();
    }

    /** {@return how many bytes were taken so far of a body that is decoded while it is read; -1 where it is not decoded} */
    public long encodedLength() {
        return bridge.getEncodedLength();
    }

    /** {@return the fields after a chunked body (RFC 9110 §6.5), complete once it is read to its end; usually none} */
    public Headers trailers() {
        return bridge.getTrailers();
    }

    /**
     * {@return a future of all bytes that are left, up to the request's {@code maxBufferedBody}} If there are more, the
     * future fails with a {@link io.martlet.error.ClientException.BodyTooLargeException}, and the body is closed.
     */
    public CompletableFuture<byte[]> readBytes() {
        return CancellableFuture.of(done -> bridge.readBytes(done));
    }

    /**
     * {@return a future of all bytes that are left, as that of {@link #readBytes()}}
     *
     * @param limit most bytes to hold in memory, 0 for no limit
     */
    public CompletableFuture<byte[]> readBytes(long limit) {
        return CancellableFuture.of(done -> bridge.readBytes(limit, done));
    }

    /**
     * {@return a future of the next {@code count} bytes, exactly} If fewer are left, it fails with a
     * {@link io.martlet.error.ClientException.PayloadException}.
     *
     * @param count how many, 0 or more
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public CompletableFuture<byte[]> readExactly(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count is negative: " + count);
        }
        return CancellableFuture.of(done -> bridge.readExactly(count, done));
    }

    /**
     * {@return the bytes as a stream whose reader waits for them, in the thread that reads; for one thread at a time, and
     * never one that moves bytes (see {@link AsyncSessionBuilder#callbackExecutor})}
     *
     * <p>Reading throws what other readers fail with, as it is: a {@link io.martlet.error.ClientException} is an
     * {@code IOException}. Interrupting the reader gives up the request: it throws {@link java.io.InterruptedIOException},
     * and stays interrupted. Closing the stream closes the body. It takes bytes piece by piece; what it has taken and not
     * given is no longer there for other readers.
     */
    public InputStream inputStream() {
        return bridge.inputStream();
    }

    /** {@return the bytes as they arrive, in buffers that are the subscriber's own, none of them empty} */
    public Flow.Publisher<List<ByteBuffer>> publisher() {
        return bridge.buffers();
    }

    /** {@return the bytes as they arrive, in arrays that are the subscriber's own, none of them empty} */
    public Flow.Publisher<byte[]> chunks() {
        return bridge.chunks();
    }

    /**
     * {@return the bytes in arrays of {@code size}, the last of which may be shorter}
     *
     * @param size in bytes, from 1
     * @throws IllegalArgumentException if {@code size} is not positive
     */
    public Flow.Publisher<byte[]> chunks(int size) {
        return bridge.chunks(size);
    }

    /** {@return the lines in UTF-8, each of at most 64 KiB; see {@link #lines(int, Charset)}} */
    public Flow.Publisher<String> lines() {
        return bridge.lines();
    }

    /**
     * {@return the lines, without the LF or CR LF that ends them; what follows the last one is a line too, unless it is
     * empty}
     *
     * @param maxLength most bytes before an LF. If there are more, the subscriber gets a
     *     {@link io.martlet.error.ClientException.PayloadException}, and the body is closed
     * @param charset   how a line is read; one in which LF is the byte 0x0A and nothing else has it, such as UTF-8.
     *     Malformed bytes become U+FFFD
     * @throws IllegalArgumentException if {@code maxLength} is not positive
     */
    public Flow.Publisher<String> lines(int maxLength, Charset charset) {
        return bridge.lines(maxLength, charset);
    }

    /** {@return the events of a body of {@code text/event-stream}, each of at most 1 MiB; see {@link #events(int)}} */
    public Flow.Publisher<ServerSentEvent> events() {
        return bridge.events();
    }

    /**
     * {@return the events of a body of {@code text/event-stream} (server-sent events), as they arrive; what is left without
     * an empty line behind it is none} Coming back after the end, with the {@code id} of the last event as
     * {@code Last-Event-ID}, is the subscriber's business.
     *
     * @param maxLength most bytes of one event. If there are more, the subscriber gets a
     *     {@link io.martlet.error.ClientException.PayloadException}, and the body is closed
     * @throws IllegalArgumentException if {@code maxLength} is not positive
     */
    public Flow.Publisher<ServerSentEvent> events(int maxLength) {
        return bridge.events(maxLength);
    }

    /**
     * Writes all bytes that are left to {@code output}. Writing happens on threads that may block.
     *
     * @param output stays open
     * @return a future of the number of bytes; fails with what writing throws
     */
    public CompletableFuture<Long> transferTo(OutputStream output) {
        return transferTo(output, TransferProgress.NONE);
    }

    /**
     * The same; {@code progress} hears how far it has come.
     *
     * @param output stays open
     * @param progress told on threads that may block; what it throws is a failure
     * @return a future of the number of bytes; fails with what writing throws
     */
    public CompletableFuture<Long> transferTo(OutputStream output, TransferProgress progress) {
        return CancellableFuture.of(done -> bridge.transferTo(output, progress, done));
    }

    /**
     * Writes all bytes that are left to {@code channel}.
     *
     * @param channel must be in blocking mode, and stays open
     * @return a future of the number of bytes; fails with what writing throws
     */
    public CompletableFuture<Long> transferTo(WritableByteChannel channel) {
        return transferTo(channel, TransferProgress.NONE);
    }

    /**
     * The same; {@code progress} hears how far it has come.
     *
     * @param channel must be in blocking mode, and stays open
     * @param progress told on threads that may block; what it throws is a failure
     * @return a future of the number of bytes; fails with what writing throws
     */
    public CompletableFuture<Long> transferTo(WritableByteChannel channel, TransferProgress progress) {
        return CancellableFuture.of(done -> bridge.transferTo(channel, progress, done));
    }

    /**
     * Saves all bytes that are left as {@code path}. The file appears under its name only when the body is complete; on
     * failure whatever was there before is untouched.
     *
     * @param path the file; one that is there is replaced as a whole
     * @return a future of the number of bytes
     */
    public CompletableFuture<Long> saveTo(Path path) {
        return saveTo(path, TransferProgress.NONE);
    }

    /**
     * The same; {@code progress} hears how far it has come.
     *
     * @param path the file; one that is there is replaced as a whole
     * @param progress told on threads that may block; what it throws is a failure
     * @return a future of the number of bytes
     */
    public CompletableFuture<Long> saveTo(Path path, TransferProgress progress) {
        return CancellableFuture.of(done -> bridge.saveTo(path, progress, done));
    }

    /** Ends the reading, from any thread; idempotent. The connection is given up unless little of the body is left. */
    @Override
    public void close() {
        bridge.close();
    }
}
