package io.martlet.async;

import io.martlet.auth.Authentication;
import io.martlet.body.FormData;
import io.martlet.body.JsonValue;
import io.martlet.body.Multipart;
import io.martlet.body.RequestBody;
import io.martlet.body.TypeRef;
import io.martlet.config.ClientTimeout;
import io.martlet.config.RequestOptions;
import io.martlet.engine.EngineKt;
import io.martlet.engine.Middleware;
import io.martlet.http.Attribute;
import io.martlet.http.ClientRequest;
import io.martlet.http.MediaType;
import io.martlet.internal.middleware.HedgedRequests;
import io.martlet.retry.Hedging;
import io.martlet.retry.RetryPolicy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes one request, on top of what its session sets for all. Used once, by one thread. */
public final class RequestSpec {
    private final ClientRequest.Builder request;
    private List<Middleware> middlewares;

    RequestSpec(ClientRequest.Builder request, List<Middleware> ofSession) {
        this.request = request;
        this.middlewares = ofSession;
    }

    /**
     * Replaces every field of that name, the session's among them.
     *
     * @param name a token; upper and lower case are the same
     * @param value what the field holds, without control characters
     * @return this spec
     * @throws IllegalArgumentException if {@code name} is not a token or {@code value} holds a control character
     */
    public RequestSpec header(String name, String value) {
        request.headers().set(name, value);
        return this;
    }

    /**
     * Adds a field to those of that name.
     *
     * @param name a token; upper and lower case are the same
     * @param value what the field holds, without control characters
     * @return this spec
     * @throws IllegalArgumentException if {@code name} is not a token or {@code value} holds a control character
     */
    public RequestSpec addHeader(String name, String value) {
        request.headers().add(name, value);
        return this;
    }

    /**
     * Removes the fields of that name, the session's among them.
     *
     * @param name a token; upper and lower case are the same. Nothing happens if there is none of it
     * @return this spec
     */
    public RequestSpec removeHeader(String name) {
        request.headers().remove(name);
        return this;
    }

    /**
     * Sets a cookie for this request: it is sent in the place of one of its name in the session's jar, is not kept there,
     * and does not go to another origin with a redirect.
     *
     * @param name not empty
     * @param value as it is sent; nothing is encoded
     * @return this spec
     * @throws IllegalArgumentException if {@code name} is empty, or one of them holds what a {@code Cookie} field cannot
     *     carry
     */
    public RequestSpec cookie(String name, String value) {
        request.cookie(name, value);
        return this;
    }

    /**
     * Appends a parameter to the URL's query.
     *
     * @param name in clear, not percent-encoded; it may be given repeatedly
     * @param value in clear, too; numbers and booleans as they print
     * @return this spec
     */
    public RequestSpec param(String name, Object value) {
        request.params().add(name, value.toString());
        return this;
    }

    /**
     * Sends {@code value} as JSON, as the session's codec writes it; a {@link JsonValue} needs no codec.
     *
     * @param value what to send
     * @return this spec
     * @throws IllegalArgumentException if it cannot be encoded, or there is a body already
     */
    public RequestSpec json(Object value) {
        return json(value, value.getClass());
    }

    /**
     * Sends {@code value} as JSON of a generic type: {@code json(posts, new TypeRef<List<Post>>() {})}.
     *
     * @param value what to send
     * @param type what it is encoded as, with its type arguments
     * @param <T> what it is
     * @return this spec
     * @throws IllegalArgumentException if it cannot be encoded, or there is a body already
     */
    public <T> RequestSpec json(T value, TypeRef<T> type) {
        return json(value, type.type());
    }

    /**
     * Sends {@code value} as JSON of a type that is known only at run time.
     *
     * @param value what to send
     * @param type what it is encoded as
     * @return this spec
     * @throws IllegalArgumentException if it cannot be encoded, or there is a body already
     */
    public RequestSpec json(Object value, Type type) {
        request.json(value, type);
        return this;
    }

    /**
     * Sends text in UTF-8, as {@code text/plain}.
     *
     * @param text empty for an empty body
     * @return this spec
     */
    public RequestSpec text(String text) {
        return body(RequestBody.text(text));
    }

    /**
     * Sends text of a media type, in its charset if it names one, otherwise in UTF-8.
     *
     * @param text what its charset can encode
     * @param contentType sent as {@code Content-Type}
     * @return this spec
     */
    public RequestSpec text(String text, MediaType contentType) {
        return body(RequestBody.text(text, contentType));
    }

    /**
     * Sends bytes, which must not change while the request runs, as {@code application/octet-stream}.
     *
     * @param bytes not copied
     * @return this spec
     */
    public RequestSpec bytes(byte[] bytes) {
        return bytes(bytes, MediaType.OCTET_STREAM);
    }

    /**
     * Sends bytes of a media type, which must not change while the request runs.
     *
     * @param bytes not copied
     * @param contentType sent as {@code Content-Type}
     * @return this spec
     */
    public RequestSpec bytes(byte[] bytes, MediaType contentType) {
        return body(RequestBody.bytes(bytes, contentType));
    }

    /**
     * Sends fields as a form, urlencoded, in the order of the map; an {@link Iterable} gives a field for each element.
     *
     * @param fields names and values in clear, not percent-encoded; numbers and booleans as they print
     * @return this spec
     */
    public RequestSpec form(Map<String, ?> fields) {
        return form(FormData.of(fields));
    }

    /**
     * Sends fields as a form, urlencoded.
     *
     * @param fields in their order
     * @return this spec
     */
    public RequestSpec form(FormData fields) {
        return body(fields.toBody());
    }

    /**
     * Sends several bodies in one, usually a form with files.
     *
     * @param parts the bodies, in their order
     * @return this spec
     */
    public RequestSpec multipart(Multipart parts) {
        return body(parts.toBody());
    }

    /**
     * Compresses the body while it is sent, in chunks; a body that is known to be empty is left as it is.
     *
     * @param coding {@code gzip} or {@code deflate}
     * @return this spec
     * @throws IllegalArgumentException if it is another one; when the request is made, also if its headers name a
     *     {@code Content-Encoding} or {@code Content-Length}
     */
    public RequestSpec compress(String coding) {
        request.compress(coding);
        return this;
    }

    /**
     * Sends {@code body}.
     *
     * @param body what to send; it says its own length and media type
     * @return this spec
     * @throws IllegalArgumentException if there is a body already
     */
    public RequestSpec body(RequestBody body) {
        request.body(body);
        return this;
    }

    /**
     * Who is asking, at the origin of this URL; see {@link Authentication}.
     *
     * @param who whose credentials to send; null: nobody's, whatever the session says
     * @return this spec
     */
    public RequestSpec auth(@Nullable Authentication who) {
        request.options().auth(who);
        return this;
    }

    /**
     * Sets all time limits.
     *
     * @param limits take the place of all that the session says
     * @return this spec
     */
    public RequestSpec timeout(ClientTimeout limits) {
        request.timeout(limits);
        return this;
    }

    /**
     * Sets the limit for everything, from the call to the end of the body; the other limits stay.
     *
     * @param limit zero: none; negative values are refused. Default: what the session says
     * @return this spec
     */
    public RequestSpec totalTimeout(Duration limit) {
        return timeout(request.options().timeout().toBuilder().total(limit).build());
    }

    /**
     * Changes other options.
     *
     * @param change is called at once, with the options as they are so far
     * @return this spec
     */
    public RequestSpec options(Consumer<? super RequestOptions.Builder> change) {
        change.accept(request.options());
        return this;
    }

    /**
     * Adds a middleware for this request, inside the session's and those added before.
     *
     * @param middleware sees every hop of this request
     * @return this spec
     */
    public RequestSpec use(AsyncMiddleware middleware) {
        return use(StagedMiddlewares.of(middleware));
    }

    /**
     * Adds a middleware that was written in Kotlin; otherwise as above.
     *
     * @param middleware sees every hop of this request
     * @return this spec
     */
    public RequestSpec use(Middleware middleware) {
        return middlewares(
                Stream.concat(middlewares.stream(), Stream.of(middleware)).toList());
    }

    /**
     * Adds {@code hedging} for this request, as a middleware inside of the others.
     *
     * @param hedging when it is sent once more
     * @return this spec
     */
    public RequestSpec use(Hedging hedging) {
        return use(new HedgedRequests(hedging));
    }

    /**
     * Removes all middlewares added so far, the session's among them; others may be added afterwards.
     *
     * @return this spec
     */
    public RequestSpec withoutMiddlewares() {
        return middlewares(List.of());
    }

    private RequestSpec middlewares(List<Middleware> own) {
        middlewares = own;
        EngineKt.middlewares(request, own);
        return this;
    }

    /**
     * Attaches {@code value} to the request as {@code attribute}, for middlewares and trace listeners; it is never sent.
     *
     * @param attribute the key, by which it is asked for
     * @param value what is carried; it takes the place of an earlier one
     * @param <T> what it is
     * @return this spec
     */
    public <T> RequestSpec attribute(Attribute<T> attribute, T value) {
        request.attribute(attribute, value);
        return this;
    }

    /**
     * Leaves out fields that are otherwise added automatically; see {@link RequestOptions#skipAutoHeaders}.
     *
     * @param names which of them; in addition to those that the session leaves out
     * @return this spec
     * @throws IllegalArgumentException when the request is made, if there are others among {@code names}
     */
    public RequestSpec skipAutoHeaders(String... names) {
        return options(o -> o.skipAutoHeaders(names));
    }

    /**
     * Whether the request is tried again if it fails, and when.
     *
     * @param policy null: it is not tried again, whatever the session says
     * @return this spec
     */
    public RequestSpec retry(@Nullable RetryPolicy policy) {
        return options(o -> o.retry(policy));
    }

    /**
     * Whether a status of 400 or above fails the future.
     *
     * @param raise false: a response of any status is a result. Default: what the session says
     * @return this spec
     */
    public RequestSpec raiseForStatus(boolean raise) {
        return options(o -> o.raiseForStatus(raise));
    }

    /**
     * Whether redirects are followed.
     *
     * @param follow false: a redirect is the response. Default: what the session says, but false for {@code head}
     * @return this spec
     */
    public RequestSpec followRedirects(boolean follow) {
        return options(o -> o.followRedirects(follow));
    }

    /**
     * Whether a compressed response is asked for and decoded; see {@link RequestOptions#decompress}.
     *
     * @param decode false: the body is handed over as it was sent. Default: what the session says
     * @return this spec
     */
    public RequestSpec decompress(boolean decode) {
        return options(o -> o.decompress(decode));
    }

    ClientRequest build() {
        return request.build();
    }
}
