package io.martlet.http;

import io.martlet.auth.Authentication;
import io.martlet.auth.Basic;
import io.martlet.body.CompressedSource;
import io.martlet.body.JsonValue;
import io.martlet.body.RequestBody;
import io.martlet.config.ClientTimeout;
import io.martlet.config.RequestOptions;
import io.martlet.cookie.Cookie;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request, complete: what the middlewares see and the engine sends.
 *
 * @param method  what to do
 * @param url     where; its fragment and user info are never sent
 * @param headers the fields to send; {@code Host}, {@code Content-Length} and {@code Transfer-Encoding} are the engine's
 * @param cookies names and values of cookies that the request brings along: they are sent in the place of those of their
 *     names in the session's jar, and not kept there
 * @param body    what to send along, {@link RequestBody#EMPTY} for nothing
 * @param options limits and policies for this request
 * @param attempt 1 for the first try, one more for each retry
 * @param deadline when the total limit of the options ends; set by the session when it sends the request. Null: not
 *     sent yet, or there is no limit
 * @param attributes what the caller lets the request carry along; never sent
 */
public record ClientRequest(
        Method method,
        Url url,
        Headers headers,
        Map<String, String> cookies,
        RequestBody body,
        RequestOptions options,
        int attempt,
        @Nullable Deadline deadline,
        Map<Attribute<?>, Object> attributes) {

    /** Fields that carry credentials and therefore never go to another origin than the one they were meant for. */
    public static final List<String> CREDENTIAL_HEADERS = List.of("Authorization", "Cookie", "Proxy-Authorization");

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=%-]+(:[0-9]*)?|\\[[0-9A-Fa-f:.]+](:[0-9]*)?");

    /**
     * A request of those parts.
     *
     * @param method what to do
     * @param url where; its fragment and user info are never sent
     * @param headers the fields to send
     * @param cookies names and values of the cookies it brings along; copied, in their order
     * @param body what to send along, {@link RequestBody#EMPTY} for nothing
     * @param options limits and policies for this request
     * @param attempt 1 for the first try, one more for each retry
     * @param deadline when the total limit ends; null: not sent yet, or there is no limit
     * @param attributes what the caller lets the request carry along; copied
     * @throws IllegalArgumentException if a header contradicts what the engine will send: any
     *     {@code Transfer-Encoding}, a {@code Content-Length} that is not the body's, a {@code Host} that is no host
     *     and port, or two of them; or if a cookie is refused by {@link Cookie#checkPair}; or if {@code attempt} is
     *     less than 1
     */
    public ClientRequest {
        cookies.forEach(Cookie::checkPair);
        cookies = cookies.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(cookies));
        attributes = Map.copyOf(attributes);
        checkFraming(headers, body);
        checkHost(headers.getAll("Host"));
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt is " + attempt + "; the first is 1");
        }
    }

    private static void checkFraming(Headers headers, RequestBody body) {
        if (headers.contains("Transfer-Encoding")) {
            throw new IllegalArgumentException("header Transfer-Encoding is the engine's to set (RFC 9112 §6.1)");
        }
        List<String> lengths = headers.getAll("Content-Length");
        if (lengths.size() > 1) {
            throw new IllegalArgumentException(
                    "header Content-Length is given " + lengths.size() + " times (RFC 9110 §8.6)");
        }
        for (String announced : lengths) {
            String length = Long.toString(body.contentLength());
            if (!announced.equals(length)) {
                throw new IllegalArgumentException("header Content-Length says " + Tokens.printable(announced)
                        + ", and the body has " + length + " bytes (RFC 9110 §8.6)");
            }
        }
    }

    private static void checkHost(List<String> hosts) {
        if (hosts.size() > 1) {
            throw new IllegalArgumentException("header Host is given " + hosts.size() + " times (RFC 9112 §3.2)");
        }
        if (!hosts.isEmpty() && !HOST.matcher(hosts.get(0)).matches()) {
            throw new IllegalArgumentException(
                    "header Host is " + Tokens.printable(hosts.get(0)) + ", not a host and port (RFC 9112 §3.2)");
        }
    }

    /**
     * {@return a builder with default options, without headers and body}
     *
     * @param method what to do
     * @param url where, with user and password if they are to become {@code Authorization: Basic}
     */
    public static Builder builder(Method method, Url url) {
        return new Builder(method, url);
    }

    /** {@return a builder that starts with this request} */
    public Builder toBuilder() {
        Builder builder = new Builder(method, url);
        builder.headers = headers.toBuilder();
        builder.cookies = cookies.isEmpty() ? null : new LinkedHashMap<>(cookies);
        builder.body = body == RequestBody.EMPTY ? null : body;
        builder.options = options.toBuilder();
        builder.attempt = attempt;
        builder.deadline = deadline;
        builder.attributes = attributes;
        return builder;
    }

    /**
     * {@return what the request carries along as an attribute; null where it has none}
     *
     * @param <T> what the attribute is
     * @param attribute the very one that it was set with
     */
    @SuppressWarnings("unchecked") // only set as what it is
    public <T> @Nullable T attribute(Attribute<T> attribute) {
        return (T) attributes.get(attribute);
    }

    /**
     * {@return this request with other headers}
     *
     * @param headers take the place of all that it has
     */
    public ClientRequest withHeaders(Headers headers) {
        return new ClientRequest(method, url, headers, cookies, body, options, attempt, deadline, attributes);
    }

    /**
     * {@return this request as the try of that number}
     *
     * @param attempt 1 for the first try, one more for each retry
     */
    public ClientRequest withAttempt(int attempt) {
        return new ClientRequest(method, url, headers, cookies, body, options, attempt, deadline, attributes);
    }

    /**
     * {@return this request, carrying a value along as an attribute}
     *
     * @param <T> what the attribute is
     * @param attribute what names the value
     * @param value takes the place of what the request carries as this attribute
     */
    public <T> ClientRequest withAttribute(Attribute<T> attribute, T value) {
        Map<Attribute<?>, Object> changed = new HashMap<>(attributes);
        changed.put(attribute, value);
        return new ClientRequest(method, url, headers, cookies, body, options, attempt, deadline, changed);
    }

    /**
     * {@return this request with another deadline}
     *
     * @param deadline when the total limit ends; null for none
     */
    public ClientRequest withDeadline(@Nullable Deadline deadline) {
        return new ClientRequest(method, url, headers, cookies, body, options, attempt, deadline, attributes);
    }

    /** Method and URL, without user info, query values, headers and body. */
    @Override
    public String toString() {
        return method + " " + url.redacted();
    }

    /**
     * Collects a request; not thread-safe.
     *
     * <p>{@link #build} adds {@code Accept}, {@code User-Agent} and {@code Content-Type} where they are neither set nor
     * among {@link RequestOptions#skipAutoHeaders}, and turns user and password of the URL into
     * {@code Authorization: Basic} (RFC 7617).
     */
    public static final class Builder {
        /** Says who is asking, unless the session or the request says otherwise. */
        public static final String USER_AGENT = "martlet/0.1";

        private Method method;
        private Url url;
        private Headers.Builder headers = Headers.builder();
        private @Nullable Map<String, String> cookies;
        private QueryParams.@Nullable Builder params;
        private @Nullable RequestBody body;
        private @Nullable String compression;
        private RequestOptions.Builder options = RequestOptions.DEFAULT.toBuilder();
        private int attempt = 1;
        private @Nullable Deadline deadline;
        private Map<Attribute<?>, Object> attributes = Map.of();

        private Builder(Method method, Url url) {
            this.method = method;
            this.url = url;
        }

        /**
         * Replaces the method.
         *
         * @param method what to do
         * @return this builder
         */
        public Builder method(Method method) {
            this.method = method;
            return this;
        }

        /**
         * Replaces the URL.
         *
         * @param url where; {@link #params} are appended to its query
         * @return this builder
         */
        public Builder url(Url url) {
            this.url = url;
            return this;
        }

        /** {@return the headers collected so far, to be changed in place} */
        public Headers.Builder headers() {
            return headers;
        }

        /**
         * {@return names and values of the cookies collected so far, to be changed in place} {@link #build} checks
         * them.
         */
        public Map<String, String> cookies() {
            if (cookies == null) {
                cookies = new LinkedHashMap<>();
            }
            return cookies;
        }

        /**
         * Sets a cookie for this request.
         *
         * @param name as the server knows it, case included; a cookie of that name set before is replaced
         * @param value sent as it is
         * @return this builder
         * @throws IllegalArgumentException if {@link Cookie#checkPair} refuses it
         */
        public Builder cookie(String name, String value) {
            Cookie.checkPair(name, value);
            cookies().put(name, value);
            return this;
        }

        /**
         * {@return the parameters collected so far, to be changed in place} They are appended to the URL's query in
         * order.
         */
        public QueryParams.Builder params() {
            if (params == null) {
                params = QueryParams.builder();
            }
            return params;
        }

        /** {@return the options collected so far, to be changed in place} */
        public RequestOptions.Builder options() {
            return options;
        }

        /**
         * Replaces all options.
         *
         * @param options copied: what is changed later by {@link #options()} does not reach them
         * @return this builder
         */
        public Builder options(RequestOptions options) {
            this.options = options.toBuilder();
            return this;
        }

        /**
         * Replaces the time limits.
         *
         * @param timeout the limits, all of them; the other options stay
         * @return this builder
         */
        public Builder timeout(ClientTimeout timeout) {
            options.timeout(timeout);
            return this;
        }

        /**
         * Sets the body.
         *
         * @param body what to send along
         * @return this builder
         * @throws IllegalArgumentException if there is one already
         */
        public Builder body(RequestBody body) {
            if (this.body != null) {
                throw new IllegalArgumentException("body is set already (" + this.body + "); a request has one body");
            }
            this.body = body;
            return this;
        }

        /**
         * Removes the body, so that another can be set.
         *
         * @return this builder
         */
        public Builder withoutBody() {
            body = null;
            return this;
        }

        /**
         * Sets a JSON body, encoded by the codec of the options as they are now; a {@link JsonValue} needs none.
         *
         * @param value what to encode
         * @param type what the codec is to take {@code value} for; of no account for a {@link JsonValue}
         * @return this builder
         * @throws IllegalArgumentException if there is a body already, or {@code value} cannot be encoded
         */
        public Builder json(Object value, Type type) {
            if (value instanceof JsonValue tree) {
                return body(RequestBody.bytes(tree.toString().getBytes(StandardCharsets.UTF_8), MediaType.JSON));
            }
            byte[] encoded;
            try {
                encoded = options.jsonCodec().encode(value, type);
            } catch (IllegalStateException noCodec) {
                throw noCodec;
            } catch (Exception | StackOverflowError e) { // the one of what is nested too deep, or holds itself
                String why =
                        e instanceof Exception ? e.getMessage() : e.getClass().getSimpleName();
                throw new IllegalArgumentException("json: a " + type.getTypeName() + " cannot be encoded: " + why, e);
            }
            return body(RequestBody.bytes(encoded, MediaType.JSON));
        }

        /**
         * Lets the body be compressed while it is sent, in chunks, as its length is not known before. A body that is
         * known to be empty is left as it is.
         *
         * @param coding what to send as {@code Content-Encoding} (RFC 9110 §8.4), {@code gzip} or {@code deflate}; null
         *     for none, the default
         * @return this builder
         * @throws IllegalArgumentException if it is another one
         */
        public Builder compress(@Nullable String coding) {
            compression = coding == null ? null : CompressedSource.checked(coding);
            return this;
        }

        /**
         * Lets the request carry a value along as an attribute.
         *
         * @param <T> what the attribute is
         * @param attribute what names the value
         * @param value takes the place of what was set before; null takes it away
         * @return this builder
         */
        public <T> Builder attribute(Attribute<T> attribute, @Nullable T value) {
            Map<Attribute<?>, Object> changed = new HashMap<>(attributes);
            if (value == null) {
                changed.remove(attribute);
            } else {
                changed.put(attribute, value);
            }
            attributes = changed;
            return this;
        }

        /**
         * Sets which try this is.
         *
         * @param attempt 1 for the first try, the default, one more for each retry
         * @return this builder
         */
        public Builder attempt(int attempt) {
            this.attempt = attempt;
            return this;
        }

        /**
         * {@return the request collected}
         *
         * @throws IllegalArgumentException if more than one of URL, headers and {@code auth} name credentials, or the
         *     URL a user that cannot be sent (RFC 7617 §2), or the body is to be compressed and the headers name its
         *     coding or length, or something makes no sense
         */
        public ClientRequest build() {
            takeUserInfo();
            checkAuth();
            compressBody();
            RequestBody sent = body == null ? RequestBody.EMPTY : body;
            RequestOptions decided = options.build();
            describe(sent, decided.skipAutoHeaders());
            Map<String, String> brought = cookies == null ? Map.of() : cookies;
            Url target = params == null ? url : url.appendQuery(params.build());
            return new ClientRequest(
                    method, target, headers.build(), brought, sent, decided, attempt, deadline, attributes);
        }

        private void describe(RequestBody sent, Set<String> skipped) {
            if (!skipped.contains("Accept")) {
                headers.setCheckedIfAbsent("Accept", "*/*");
            }
            if (!skipped.contains("User-Agent")) {
                headers.setCheckedIfAbsent("User-Agent", USER_AGENT);
            }
            if (sent.contentType() != null && !skipped.contains("Content-Type")) {
                headers.setIfAbsent("Content-Type", sent.contentType().toString());
            }
        }

        private void compressBody() {
            if (compression == null || body == null || body.isEmpty()) {
                return;
            }
            for (String name : List.of("Content-Encoding", "Content-Length")) {
                if (headers.contains(name)) {
                    throw new IllegalArgumentException(
                            "compress is " + compression + ", and there is a " + name + " header too");
                }
            }
            headers.set("Content-Encoding", compression);
            body = CompressedSource.bodyOf(body, compression);
            compression = null;
        }

        private void takeUserInfo() {
            String user = url.username();
            if (user == null) {
                return;
            }
            if (headers.contains("Authorization")) {
                throw new IllegalArgumentException("url " + url.redacted()
                        + " names a user, and there is an Authorization" + " header too; a request has one of them");
            }
            String password = url.password();
            headers.set("Authorization", new Basic(user, password == null ? "" : password).headerValue());
            url = url.withoutUserInfo();
        }

        private void checkAuth() {
            Authentication auth = options.auth();
            if (auth != null && !auth.choosesByHost() && headers.contains("Authorization")) {
                throw new IllegalArgumentException(
                        "auth is " + auth + ", and there is an Authorization header, or a user"
                                + " in the URL, too; a request has one of them");
            }
        }
    }
}
