package io.martlet.testing;

import io.martlet.error.ClientException;
import io.martlet.http.ClientRequest;
import io.martlet.http.Headers;
import io.martlet.http.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ScriptedEngine} answers. Immutable: each method gives another answer, and one answer may be given any
 * number of times.
 *
 * <p>{@code Content-Type} is set as each factory says; nothing else is, {@code Content-Length} included.
 */
public final class Answer {
    private static final CompletionStage<?> AT_ONCE = CompletableFuture.completedFuture(null);

    private final int status;
    private final Headers headers;
    private final List<byte[]> pieces;
    private final CompletionStage<?> released;
    private final @Nullable Function<? super ClientRequest, ? extends ClientException> failure;

    private Answer(
            int status,
            Headers headers,
            List<byte[]> pieces,
            CompletionStage<?> released,
            @Nullable Function<? super ClientRequest, ? extends ClientException> failure) {
        this.status = status;
        this.headers = headers;
        this.pieces = pieces;
        this.released = released;
        this.failure = failure;
    }

    /**
     * {@return a status without a body}
     *
     * @param status from 200 to 599
     * @throws IllegalArgumentException if {@code status} is not from 200 to 599
     */
    public static Answer status(int status) {
        return new Answer(checked(status), Headers.EMPTY, List.of(), AT_ONCE, null);
    }

    /**
     * {@return 200 with text in UTF-8, as {@code text/plain}}
     *
     * @param text the body; its charset is named in {@code Content-Type}
     */
    public static Answer text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8), MediaType.TEXT);
    }

    /**
     * {@return 200 with JSON text}
     *
     * @param json the body, sent in UTF-8 as {@code application/json}; it is not checked
     */
    public static Answer json(String json) {
        return bytes(json.getBytes(StandardCharsets.UTF_8), MediaType.JSON);
    }

    /**
     * {@return 200 with bytes of a media type}
     *
     * @param bytes       the body; copied
     * @param contentType of the body
     */
    public static Answer bytes(byte[] bytes, MediaType contentType) {
        Headers headers = Headers.of("Content-Type", contentType.toString());
        return new Answer(200, headers, List.of(bytes.clone()), AT_ONCE, null);
    }

    /**
     * {@return 200 with a body that arrives in pieces, each of which is read by itself}
     *
     * @param pieces of the body, in their order; copied, empty ones left out
     */
    public static Answer streaming(byte[]... pieces) {
        List<byte[]> copies = Arrays.stream(pieces)
                .filter(piece -> piece.length > 0)
                .map(byte[]::clone)
                .toList();
        return new Answer(200, Headers.EMPTY, copies, AT_ONCE, null);
    }

    /**
     * {@return an answer that is no response: {@code failure} says why, given the request}
     *
     * @param failure gives what the request fails with, anew for each request
     */
    public static Answer failing(Function<? super ClientRequest, ? extends ClientException> failure) {
        return new Answer(0, Headers.EMPTY, List.of(), AT_ONCE, failure);
    }

    /**
     * {@return this answer with another status}
     *
     * @param status from 200 to 599
     * @throws IllegalArgumentException if {@code status} is not from 200 to 599
     */
    public Answer withStatus(int status) {
        return new Answer(checked(status), headers, pieces, released, failure);
    }

    /**
     * {@return this answer with one field more}
     *
     * @param name  of the field, which may be there already
     * @param value of the field
     * @throws IllegalArgumentException if {@code name} is not a token or {@code value} holds a control character
     */
    public Answer withHeader(String name, String value) {
        return new Answer(status, headers.toBuilder().add(name, value).build(), pieces, released, failure);
    }

    /**
     * {@return this answer, given once {@code released} is completed: the delay that a test needs no clock for}
     *
     * @param released takes the place of an earlier one
     */
    public Answer after(CompletionStage<?> released) {
        return new Answer(status, headers, pieces, released, failure);
    }

    /**
     * {@return this answer with a body that breaks off behind its last byte: reading on throws what {@code failure} says}
     *
     * @param failure gives what reading fails with, from the request
     */
    public Answer breakingOff(Function<? super ClientRequest, ? extends ClientException> failure) {
        return new Answer(status, headers, pieces, released, failure);
    }

    private static int checked(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status is " + status + "; a response has 200 to 599");
        }
        return status;
    }

    boolean isResponse() {
        return status != 0;
    }

    int status() {
        return status;
    }

    Headers headers() {
        return headers;
    }

    List<byte[]> pieces() {
        return pieces;
    }

    CompletionStage<?> released() {
        return released;
    }

    @Nullable
    ClientException failureOf(ClientRequest request) {
        return failure == null ? null : failure.apply(request);
    }

    @Override
    public String toString() {
        return isResponse() ? status + " with " + pieces.size() + " pieces" : "no response";
    }
}
