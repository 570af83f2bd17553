package io.martlet.http;

import io.martlet.body.JsonValue;
import io.martlet.body.Multipart;
import io.martlet.body.TypeRef;
import io.martlet.cookie.Cookie;
import io.martlet.cookie.SetCookieParser;
import io.martlet.error.ClientException;
import io.martlet.error.ClientException.ContentTypeException;
import io.martlet.error.ClientException.JsonException;
import io.martlet.error.ClientException.PayloadException;
import io.martlet.error.ClientException.StatusException;
import io.martlet.retry.RetryPolicy;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A response as a value: its body is complete and in memory, and its connection is free for the next request. Nothing has
 * to be closed.
 *
 * <p>{@link #raiseForStatus}, {@code json} and {@link #parts} throw {@link ClientException}s without declaring them, so
 * that they can be called in {@code thenApply}; to catch one, let the {@code try} catch {@code Exception}, or put the
 * call into a method that declares it.
 *
 * @param request the request that was answered: the last one, if there were redirects
 * @param version protocol version of the response
 * @param status  three digits (RFC 9110 §15)
 * @param reason  the phrase after the status, often empty
 * @param headers the fields of the response
 * @param bytes   the body: the array itself, not a copy
 * @param history the redirects that led here, earliest first, without their bodies
 * @param trailers the fields after a chunked body (RFC 9110 §6.5); usually none
 */
public record ClientResponse(
        ClientRequest request,
        HttpVersion version,
        int status,
        String reason,
        Headers headers,
        byte[] bytes,
        List<ClientResponse> history,
        Headers trailers) {

    /**
     * A response of those parts.
     *
     * @param request the request that was answered: the last one, if there were redirects
     * @param version protocol version of the response
     * @param status three digits (RFC 9110 §15)
     * @param reason the phrase after the status, empty for none
     * @param headers the fields of the response
     * @param bytes the body: the array itself, not a copy
     * @param history the redirects that led here, earliest first; copied
     * @param trailers the fields after a chunked body, {@link Headers#EMPTY} for none
     */
    public ClientResponse {
        history = List.copyOf(history);
    }

    /**
     * A response of those parts, without trailers.
     *
     * @param request the request that was answered: the last one, if there were redirects
     * @param version protocol version of the response
     * @param status three digits (RFC 9110 §15)
     * @param reason the phrase after the status, empty for none
     * @param headers the fields of the response
     * @param bytes the body: the array itself, not a copy
     * @param history the redirects that led here, earliest first; copied
     */
    public ClientResponse(
            ClientRequest request,
            HttpVersion version,
            int status,
            String reason,
            Headers headers,
            byte[] bytes,
            List<ClientResponse> history) {
        this(request, version, status, reason, headers, bytes, history, Headers.EMPTY);
    }

    /** {@return what was asked: the method of the last request, if there were redirects} */
    public Method method() {
        return request.method();
    }

    /** {@return the URL that answered: after redirects, without fragment} */
    public Url url() {
        return request.url().withoutFragment();
    }

    /**
     * {@return the URL that answered, with the fragment: its own, or that of the URL that redirected there (RFC 9110
     * §10.2.2)}
     */
    public Url realUrl() {
        return request.url();
    }

    /** {@return whether the status is below 400} */
    public boolean isOk() {
        return !Status.isError(status);
    }

    /**
     * {@return the {@code Content-Type}; {@code application/octet-stream} if it is missing or malformed} A malformed
     * parameter is left out.
     */
    public MediaType mediaType() {
        return ResponseFields.mediaType(headers);
    }

    /**
     * {@return the cookies that this response sets and may set, in their order} Those of redirects are in
     * {@link #history}. {@code Max-Age} counts from this call.
     */
    public List<Cookie> cookies() {
        return new SetCookieParser().parse(request.url(), headers.getAll("Set-Cookie"));
    }

    /** {@return the {@code Content-Disposition} (RFC 6266), which may name a file; empty if it is missing or malformed} */
    public Optional<ContentDisposition> contentDisposition() {
        return ResponseFields.contentDisposition(headers);
    }

    /**
     * {@return the links of all {@code Link} fields (RFC 8288), their targets resolved against {@link #url}; often
     * none}
     */
    public List<Link> links() {
        return ResponseFields.links(headers, url());
    }

    /**
     * {@return the first link of a relation; empty if there is none}
     *
     * @param rel the relation, in whatever case: {@code next}, {@code prev}, …
     */
    public Optional<Link> link(String rel) {
        return links().stream().filter(link -> link.hasRel(rel)).findFirst();
    }

    /**
     * {@return what {@link #text()} reads the body in: the charset that {@code Content-Type} declares if this JVM knows
     * it, otherwise what a byte order mark says, otherwise UTF-8}
     */
    public Charset charset() {
        return mediaType().charset().orElseGet(() -> ByteOrderMark.charset(bytes, StandardCharsets.UTF_8));
    }

    /** {@return the body as text, in {@link #charset}} */
    public String text() {
        return text(charset());
    }

    /**
     * {@return the body as text in that charset, without its byte order mark} Malformed bytes become U+FFFD.
     *
     * @param charset what to read the body in, whatever {@code Content-Type} and a byte order mark say
     */
    public String text(Charset charset) {
        return ByteOrderMark.cut(new String(bytes, charset));
    }

    /**
     * {@return the parts of a multipart body, in their order} For a body too large for memory see
     * {@link StreamingResponse}. {@link Multipart#parse} reads a part that is itself multipart.
     *
     * <p>Throws {@link PayloadException} if {@code Content-Type} is not multipart or has no boundary of at most 70
     * characters, if a part's head is malformed, has a line of more than 8,190 bytes or more than 128 fields, and if
     * the body has no closing delimiter. Text before the first part and behind the last one is ignored.
     */
    public List<Part> parts() {
        try {
            return Multipart.parse(mediaType(), bytes);
        } catch (IllegalArgumentException malformed) {
            throw Undeclared.rethrow(new PayloadException(request, malformed.getMessage(), malformed));
        }
    }

    /**
     * {@return this response, if its {@code Content-Type} is {@code application/json} or ends in {@code +json}}
     *
     * <p>Throws {@link ContentTypeException} otherwise.
     */
    public ClientResponse requireJsonType() {
        if (!mediaType().isJson()) {
            throw Undeclared.rethrow(new ContentTypeException(this));
        }
        return this;
    }

    /**
     * {@return the body read as JSON by the session's codec; whatever its {@code Content-Type} says, unless the options
     * say {@code requireJsonType}}
     *
     * <p>Throws {@link JsonException} if the body is not JSON that fits {@code type}, {@link ContentTypeException} if it must
     * be called JSON and is not, and {@link IllegalStateException} if there is no codec.
     *
     * @param <T> what the body is read as
     * @param type the class of the result; {@link JsonValue} needs no codec, and of a primitive type comes its wrapper
     */
    @SuppressWarnings("unchecked")
    public <T> T json(Class<T> type) {
        // A primitive class casts nothing: what it holds comes in its wrapper.
        return (T) MethodType.methodType(type).wrap().returnType().cast(json((Type) type));
    }

    /**
     * {@return the body read as JSON of a type that a class cannot say: {@code json(new TypeRef<List<Post>>() {})};
     * otherwise as {@link #json(Class)}}
     *
     * @param <T> what the body is read as
     * @param type the type of the result, with its type arguments
     */
    @SuppressWarnings("unchecked") // what the codec promises
    public <T> T json(TypeRef<T> type) {
        return (T) json(type.type());
    }

    /**
     * {@return the body read as JSON of a type that is known when the program runs; otherwise as {@link #json(Class)}}
     *
     * @param type the type of the result, as the codec takes it
     */
    public Object json(Type type) {
        if (request.options().requireJsonType()) {
            requireJsonType();
        }
        try {
            return type == JsonValue.class
                    ? JsonValue.parse(bytes)
                    : request.options().jsonCodec().decode(bytes, type);
        } catch (IllegalStateException noCodec) {
            throw noCodec;
        } catch (Exception | StackOverflowError e) { // the one of what is nested too deep
            throw Undeclared.rethrow(new JsonException(this, type.getTypeName(), e));
        }
    }

    /** {@return the body read as a tree of JSON, which needs no codec; otherwise as {@link #json(Class)}} */
    public JsonValue jsonTree() {
        return json(JsonValue.class);
    }

    /**
     * {@return this response, if its status is below 400}
     *
     * <p>Throws {@link StatusException} otherwise; earlier tries, if there were any, are its suppressed exceptions.
     */
    public ClientResponse raiseForStatus() {
        if (!Status.isError(status)) {
            return this;
        }
        StatusException raised = new StatusException(this);
        List<ClientException> failed = request.attribute(RetryPolicy.FAILED_TRIES);
        if (failed != null) {
            failed.forEach(raised::addSuppressed);
        }
        throw Undeclared.rethrow(raised);
    }

    /** Status, request, media type and length; no header and nothing of the body. */
    @Override
    public String toString() {
        return status + " " + request + " (" + bytes.length + " bytes of "
                + mediaType().essence() + ")";
    }
}
