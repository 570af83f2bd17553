package io.martlet.body;

import io.martlet.http.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a request carries. Immutable unless it says otherwise; a replayable one may be sent any number of times. */
public sealed interface RequestBody permits BytesBody, SourceBody {
    /** No body. */
    RequestBody EMPTY = new BytesBody(new byte[0], null);

    /**
     * {@return a body of bytes as they are}
     *
     * @param bytes       not copied; must not be changed while requests use them
     * @param contentType null sends {@code application/octet-stream}
     */
    static RequestBody bytes(byte[] bytes, @Nullable MediaType contentType) {
        return new BytesBody(bytes, contentType == null ? MediaType.OCTET_STREAM : contentType);
    }

    /**
     * {@return a body of text in UTF-8, sent as {@code text/plain; charset=utf-8}}
     *
     * @param text encoded now
     * @throws IllegalArgumentException if {@code text} holds half a character, a lone surrogate
     */
    static RequestBody text(String text) {
        return text(text, MediaType.TEXT);
    }

    /**
     * {@return a body of text of a media type, in its charset if it names one, otherwise in UTF-8}
     *
     * @param text        encoded now
     * @param contentType sent as it is: no charset is added
     * @throws IllegalArgumentException if the charset has no bytes for a character of {@code text}, or it holds half of one:
     *     nothing is replaced by a question mark
     */
    static RequestBody text(String text, MediaType contentType) {
        Charset charset = contentType.charset().orElse(StandardCharsets.UTF_8);
        return new BytesBody(TextEncoding.encode("text", text, charset), contentType);
    }

    /**
     * {@return a body that is a file, sent piece by piece as {@code application/octet-stream}; replayable}
     *
     * @param path as for {@link #file(Path, MediaType)}
     * @throws IOException if its size cannot be read
     */
    static RequestBody file(Path path) throws IOException {
        return file(path, MediaType.OCTET_STREAM);
    }

    /**
     * {@return a body that is a file, sent piece by piece; replayable}
     *
     * @param path        of the file. Its size is read now, and a file that has another one when it is sent is a
     *     {@link io.martlet.error.ClientException.RequestBodyException}
     * @param contentType sent as {@code Content-Type}, unless the headers of the request name one
     * @throws IOException if its size cannot be read
     */
    static RequestBody file(Path path, MediaType contentType) throws IOException {
        return FileSource.bodyOf(path, contentType);
    }

    /**
     * {@return a body of bytes that are read while they are sent, once}
     *
     * <p>Reading must not block its thread: a limit of time or a cancellation is heard only when it returns or suspends.
     * What blocks is sent by {@link #stream} and {@link #channel}.
     *
     * @param contentLength bytes that there will be; -1 if that is not known: they are sent in chunks
     * @param contentType   sent as {@code Content-Type}, unless the headers of the request name one
     * @param source        opens the body, which is closed after use
     * @throws IllegalArgumentException if {@code contentLength} is less than -1
     */
    static RequestBody source(long contentLength, MediaType contentType, Supplier<BodySource> source) {
        return new SourceBody(contentLength, contentType, false, source);
    }

    /**
     * {@return what is left of a stream, read while it is sent, in chunks, and closed after that} For one request: it is not
     * sent again after a redirect, and a second request with it fails.
     *
     * <p>It is read on a thread that may block. Whoever is cancelled does not wait for a read that does.
     *
     * @param stream      this body's from now on
     * @param contentType sent as {@code Content-Type}, unless the headers of the request name one
     */
    static RequestBody stream(InputStream stream, MediaType contentType) {
        return stream(stream, contentType, -1);
    }

    /**
     * {@return what is left of a stream, as {@link #stream(InputStream, MediaType)}, of a length that is known}
     *
     * @param stream        this body's from now on
     * @param contentType   sent as {@code Content-Type}, unless the headers of the request name one
     * @param contentLength bytes that are left, and no other number is accepted; -1 if that is not known: they are sent in
     *     chunks
     * @throws IllegalArgumentException if {@code contentLength} is less than -1
     */
    static RequestBody stream(InputStream stream, MediaType contentType, long contentLength) {
        return BlockingSource.bodyOf(contentLength, contentType, stream);
    }

    /**
     * {@return what is left to be read from a channel, which is closed after that; otherwise as
     * {@link #stream(InputStream, MediaType, long)}}
     *
     * @param channel       in blocking mode; this body's from now on
     * @param contentType   sent as {@code Content-Type}, unless the headers of the request name one
     * @param contentLength bytes that are left, and no other number is accepted; -1 if that is not known: they are sent in
     *     chunks
     * @throws IllegalArgumentException if {@code contentLength} is less than -1, or the channel does not block
     */
    static RequestBody channel(ReadableByteChannel channel, MediaType contentType, long contentLength) {
        if (channel instanceof SelectableChannel selectable && !selectable.isBlocking()) {
            throw new IllegalArgumentException("channel is not in blocking mode: " + channel);
        }
        return BlockingSource.bodyOf(contentLength, contentType, channel);
    }

    /**
     * {@return what a publisher gives, sent while it comes, in chunks} For one request: it is not sent again after a
     * redirect, and a second request with it fails.
     *
     * <p>It is subscribed to when the sending begins, asked for one buffer at a time, no faster than the server takes them,
     * and cancelled when the request ends before it does. Buffers are the request's once they are given. What it fails with
     * is the cause of a {@link io.martlet.error.ClientException.RequestBodyException}.
     *
     * @param publisher   of the bytes, in any portions
     * @param contentType sent as {@code Content-Type}, unless the headers of the request name one
     */
    static RequestBody publisher(Flow.Publisher<? extends ByteBuffer> publisher, MediaType contentType) {
        return publisher(publisher, contentType, -1);
    }

    /**
     * {@return what a publisher gives, as {@link #publisher(Flow.Publisher, MediaType)}, of a length that is known}
     *
     * @param publisher     of the bytes, in any portions
     * @param contentType   sent as {@code Content-Type}, unless the headers of the request name one
     * @param contentLength bytes that there will be, and no other number is accepted; -1 if that is not known: they are sent
     *     in chunks
     * @throws IllegalArgumentException if {@code contentLength} is less than -1
     */
    static RequestBody publisher(
            Flow.Publisher<? extends ByteBuffer> publisher, MediaType contentType, long contentLength) {
        return PublisherSource.bodyOf(contentLength, contentType, publisher);
    }

    /** {@return the {@code Content-Type} to send when the request's headers name none; null for no body} */
    @Nullable
    MediaType contentType();

    /** {@return the length in bytes; -1 if it is not known before the end} */
    long contentLength();

    /** {@return whether the body can be sent again, for a redirect or a retry} */
    boolean isReplayable();

    /** {@return whether there is nothing to send} */
    default boolean isEmpty() {
        return contentLength() == 0;
    }

    /**
     * {@return this body, of whose sending {@code progress} hears after each piece} It counts what the engine has taken, of
     * which the last 16 KiB may still have to leave; what {@code compress} makes of it, and framing, do not count.
     *
     * @param progress called by the thread that sends, one call at a time, and should return soon; what it throws fails the
     *     request as a {@link io.martlet.error.ClientException.RequestBodyException}. Never called for an empty body
     */
    default RequestBody withProgress(TransferProgress progress) {
        return isEmpty() ? this : ProgressSource.bodyOf(this, progress);
    }
}
