package io.martlet.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.martlet.body.RequestBody;
import io.martlet.config.RequestOptions;
import io.martlet.error.ClientException.AuthenticationException;
import io.martlet.error.ClientException.BodyTooLargeException;
import io.martlet.error.ClientException.CircuitOpenException;
import io.martlet.error.ClientException.ConnectTimeoutException;
import io.martlet.error.ClientException.ConnectionException;
import io.martlet.error.ClientException.ConnectorException;
import io.martlet.error.ClientException.ContentTypeException;
import io.martlet.error.ClientException.DnsException;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.error.ClientException.JsonException;
import io.martlet.error.ClientException.PayloadException;
import io.martlet.error.ClientException.ProtocolException;
import io.martlet.error.ClientException.QueueFullException;
import io.martlet.error.ClientException.QueueTimeoutException;
import io.martlet.error.ClientException.RateTimeoutException;
import io.martlet.error.ClientException.ReadTimeoutException;
import io.martlet.error.ClientException.RequestBodyException;
import io.martlet.error.ClientException.ResponseException;
import io.martlet.error.ClientException.ServerDisconnectedException;
import io.martlet.error.ClientException.SessionClosedException;
import io.martlet.error.ClientException.StatusException;
import io.martlet.error.ClientException.TimeoutException;
import io.martlet.error.ClientException.TlsException;
import io.martlet.error.ClientException.TooManyRedirectsException;
import io.martlet.error.ClientException.TotalTimeoutException;
import io.martlet.error.ClientException.TruncatedBodyException;
import io.martlet.error.ClientException.WriteTimeoutException;
import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.Headers;
import io.martlet.http.HttpVersion;
import io.martlet.http.Method;
import io.martlet.http.Url;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClientExceptionTest {
    private static final Duration TWO = Duration.ofSeconds(2);
    private static final Duration ELAPSED = Duration.ofMillis(2345);
    private static final Set<String> LEFT_BEHIND = Set.of("request", "response", "headers", "bodyExcerpt", "getCause");

    private static final IOException CAUSE = new IOException("Connection\nreset");

    /** Everything in it that is secret says so; the second is what no builder makes, with the user still in its URL. */
    private static final ClientRequest REQUEST =
            request("https://secret-user:secret-pw@api.example:8443/v1/x?k=secret#secret");

    private static final ClientRequest UNBUILT = new ClientRequest(
            Method.POST,
            Url.of("https://secret-user:secret-pw@api.example:8443/v1/x?k=secret#secret"),
            Headers.of("Authorization", "Bearer secret"),
            Map.of("id", "secret"),
            RequestBody.text("secret"),
            RequestOptions.DEFAULT,
            1,
            null,
            Map.of());

    /** One of the tree, with all of its message. */
    record Leaf(ClientException exception, Phase phase, String message) {
        @Override
        public String toString() {
            return exception.getClass().getSimpleName() + " " + phase;
        }
    }

    static Stream<Leaf> leaves() {
        return Stream.of(
                leaf(
                        new InvalidUrlException("htp://h\u202e\r\n/", "htp: only http and https URLs can be requested"),
                        Phase.REQUEST,
                        "Invalid URL \"htp://h\\u202e\\r\\n/\": htp: only http and https URLs can be requested"),
                leaf(
                        new InvalidUrlException(REQUEST, "ftp://h/", "ftp: only http and https URLs can be requested"),
                        Phase.RESPONSE,
                        "POST https://api.example:8443/v1/x?*** redirects to \"ftp://h/\", which cannot be followed: "
                                + "ftp: only http and https URLs can be requested"),
                leaf(
                        new SessionClosedException(REQUEST),
                        Phase.REQUEST,
                        "POST https://api.example:8443/v1/x?*** failed: the session is closed"),
                leaf(
                        new AuthenticationException(REQUEST, "the token could not be refreshed", CAUSE),
                        Phase.REQUEST,
                        "POST https://api.example:8443/v1/x?***: no credentials: the token could not be refreshed"),
                leaf(new SessionClosedException(null), Phase.REQUEST, "The session is closed"),
                leaf(
                        new ConnectionException(Phase.WRITE, REQUEST, CAUSE),
                        Phase.WRITE,
                        "POST https://api.example:8443/v1/x?***: the connection broke (write): Connection\\nreset"),
                leaf(
                        new ConnectionException(Phase.FIRST_BYTE, REQUEST, new IOException()),
                        Phase.FIRST_BYTE,
                        "POST https://api.example:8443/v1/x?***: the connection broke (first byte): IOException"),
                leaf(
                        new ConnectorException(REQUEST, new IOException("Connection refused")),
                        Phase.CONNECT,
                        "Cannot connect to api.example:8443: Connection refused"),
                leaf(new DnsException(REQUEST, CAUSE), Phase.DNS, "Cannot resolve host api.example"),
                leaf(
                        new TlsException(REQUEST, new IOException(" ")),
                        Phase.TLS,
                        "No secure connection to api.example:8443: IOException"),
                leaf(
                        new ServerDisconnectedException(REQUEST, CAUSE),
                        Phase.FIRST_BYTE,
                        "POST https://api.example:8443/v1/x?***: the server closed the connection without a response"),
                leaf(
                        new CircuitOpenException(REQUEST, TWO),
                        Phase.REQUEST,
                        "POST https://api.example:8443/v1/x?*** is not sent: the circuit breaker is open for 2 s"),
                leaf(
                        new RateTimeoutException(REQUEST, TWO, Duration.ZERO, ELAPSED, "5 a second, 10 waiting"),
                        Phase.RATE,
                        "POST https://api.example:8443/v1/x?*** would have its turn in 2.3 s (5 a second, 10 waiting;"
                                + " limit total = 2 s, of which 0 ms are over)"),
                leaf(
                        new QueueTimeoutException(REQUEST, TWO, ELAPSED, "100 of 100 in use, 7 waiting"),
                        Phase.QUEUE,
                        "Waited 2.3 s for a connection to https://api.example:8443"
                                + " (100 of 100 in use, 7 waiting; limit connect = 2 s)"),
                leaf(
                        new ConnectTimeoutException(REQUEST, "socketConnect", TWO, ELAPSED),
                        Phase.CONNECT,
                        "No connection to api.example:8443 after 2.3 s (limit socketConnect = 2 s)"),
                leaf(
                        new QueueFullException(REQUEST, 7, "100 of 100 in use, 7 waiting"),
                        Phase.QUEUE,
                        "No place to wait for a connection to https://api.example:8443"
                                + " (100 of 100 in use, 7 waiting; connector maxQueue = 7)"),
                leaf(
                        new ConnectTimeoutException(Phase.DNS, REQUEST, "dns", TWO, ELAPSED),
                        Phase.DNS,
                        "No connection to api.example:8443 after 2.3 s (limit dns = 2 s)"),
                leaf(
                        new RequestBodyException(REQUEST, "a\nb", CAUSE),
                        Phase.WRITE,
                        "POST https://api.example:8443/v1/x?***: the request's body cannot be sent: a\\nb"),
                leaf(
                        new WriteTimeoutException(REQUEST, TWO, ELAPSED),
                        Phase.WRITE,
                        "POST https://api.example:8443/v1/x?***: the server took nothing of the request for 2.3 s"
                                + " (limit write = 2 s)"),
                leaf(
                        new ReadTimeoutException(Phase.FIRST_BYTE, REQUEST, "firstByte", TWO, ELAPSED),
                        Phase.FIRST_BYTE,
                        "POST https://api.example:8443/v1/x?***: no response for 2.3 s (limit firstByte = 2 s)"),
                leaf(
                        new ReadTimeoutException(Phase.FIRST_BYTE, REQUEST, TWO, ELAPSED),
                        Phase.FIRST_BYTE,
                        "POST https://api.example:8443/v1/x?***: no response for 2.3 s (limit socketRead = 2 s)"),
                leaf(
                        new ReadTimeoutException(Phase.READ, REQUEST, TWO, ELAPSED),
                        Phase.READ,
                        "POST https://api.example:8443/v1/x?***: the response stalled for 2.3 s (limit socketRead = 2 s)"),
                leaf(
                        new TotalTimeoutException(REQUEST, TWO, ELAPSED),
                        Phase.TOTAL,
                        "POST https://api.example:8443/v1/x?*** was not done after 2.3 s (limit total = 2 s)"),
                leaf(
                        new ProtocolException(REQUEST, "HTP/1.1\r\n", null),
                        Phase.READ,
                        "POST https://api.example:8443/v1/x?***: not an HTTP response: HTP/1.1\\r\\n"),
                leaf(
                        new PayloadException(REQUEST, "the body was closed", CAUSE),
                        Phase.READ,
                        "POST https://api.example:8443/v1/x?***: the body was closed"),
                leaf(
                        new TruncatedBodyException(REQUEST, 10, 3, CAUSE),
                        Phase.READ,
                        "POST https://api.example:8443/v1/x?***: the body ended after 3 of 10 bytes"),
                leaf(
                        new TruncatedBodyException(REQUEST, -1, 3, null),
                        Phase.READ,
                        "POST https://api.example:8443/v1/x?***: the body ended after 3 of unknown bytes"),
                leaf(
                        new BodyTooLargeException(REQUEST, 1024),
                        Phase.READ,
                        "POST https://api.example:8443/v1/x?***: the body is longer than maxBufferedBody = 1024 bytes;"
                                + " raise the limit or stream the body with open()"),
                leaf(
                        new StatusException(response(404, "")),
                        Phase.RESPONSE,
                        "POST https://api.example:8443/v1/x?*** answered 404 Not Found"),
                leaf(
                        new StatusException(response(404, "Nope\u0007")),
                        Phase.RESPONSE,
                        "POST https://api.example:8443/v1/x?*** answered 404 Nope\\u0007"),
                leaf(
                        new StatusException(response(599, "")),
                        Phase.RESPONSE,
                        "POST https://api.example:8443/v1/x?*** answered 599"),
                leaf(
                        new TooManyRedirectsException(response(302, "Found"), 10),
                        Phase.RESPONSE,
                        "POST https://api.example:8443/v1/x?*** redirects once more after 10 redirects (maxRedirects)"),
                leaf(
                        new ContentTypeException(response(200, "OK")),
                        Phase.RESPONSE,
                        "POST https://api.example:8443/v1/x?***: the body (6 bytes of text/html) is not called JSON"
                                + " (requireJsonType)"),
                leaf(
                        new JsonException(response(200, "OK"), "java.util.List", CAUSE),
                        Phase.RESPONSE,
                        "POST https://api.example:8443/v1/x?***: the body (6 bytes of text/html) is not JSON for"
                                + " java.util.List: Connection\\nreset"),
                leaf(
                        new TotalTimeoutException(UNBUILT, TWO, ELAPSED),
                        Phase.TOTAL,
                        "POST https://api.example:8443/v1/x?*** was not done after 2.3 s (limit total = 2 s)"),
                leaf(
                        new QueueTimeoutException(UNBUILT, TWO, ELAPSED, "1 of 1 in use, 1 waiting"),
                        Phase.QUEUE,
                        "Waited 2.3 s for a connection to https://api.example:8443"
                                + " (1 of 1 in use, 1 waiting; limit connect = 2 s)"));
    }

    private static Leaf leaf(ClientException exception, Phase phase, String message) {
        return new Leaf(exception, phase, message);
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void eachSaysWhereAndWhatWithoutSecrets(Leaf leaf) {
        ClientException e = leaf.exception();

        assertEquals(leaf.message(), e.getMessage());
        assertEquals(leaf.phase(), e.phase());
        assertEquals(e.getClass().getName() + ": " + leaf.message(), e.toString());
        assertFalse(printed(e).contains("secret"), () -> printed(e));
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void eachSurvivesSerialisationWithoutRequestAndResponse(Leaf leaf) throws Exception {
        ClientException e = leaf.exception();

        ClientException copy = assertInstanceOf(e.getClass(), copyOf(e));

        assertEquals(leaf.message(), copy.getMessage());
        assertEquals(leaf.phase(), copy.phase());
        assertEquals(e.attempt(), copy.attempt());
        assertEquals(figures(e), figures(copy));
        assertEquals(printed(e), printed(copy));
        assertNull(copy.request());
    }

    @Test
    void aCauseThatCannotBeSerialisedStaysInPrint() throws Exception {
        Object unserialisable = new Object();
        Exception disk = new IOException("disk on fire");
        Exception cause = new IllegalStateException("by\na source", disk) {
            private final Object held = unserialisable;

            @Override
            public String toString() {
                return "Of a source: " + (held == null) + super.toString();
            }
        };
        ClientException e = new RequestBodyException(REQUEST, "no", cause);

        Throwable copy = (Throwable) copyOf(e);

        assertSame(cause, e.getCause());
        assertEquals(printed(e), printed(copy));
        assertEquals("by\na source", copy.getCause().getMessage());
        assertEquals(IOException.class, copy.getCause().getCause().getClass());
    }

    @Test
    void causesInACircleAreWrittenAsFarAsItMakesSense() throws Exception {
        Exception first = new IllegalStateException("first") {
            private final Object held = new Object();
        };
        first.initCause(new IllegalStateException("second", first));

        ClientException copy = (ClientException) copyOf(new RequestBodyException(REQUEST, "no", first));

        assertEquals("first", copy.getCause().getMessage());
        assertEquals("second", copy.getCause().getCause().getMessage());
    }

    @Test
    void noCauseCanBeGivenLater() {
        assertThrows(IllegalStateException.class, () -> new SessionClosedException(null).initCause(CAUSE));
    }

    @Test
    void theTableAboveHoldsTheWholeTree() {
        Set<String> tested = leaves().map(leaf -> leaf.exception().getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tree = concrete(ClientException.class)
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(tree, tested);
    }

    @Test
    void theTreeIsTheOneThatIsDrawn() {
        assertEquals("""
                ClientException
                  InvalidUrlException
                  AuthenticationException
                  SessionClosedException
                  CircuitOpenException
                  QueueFullException
                  ConnectionException
                    ConnectorException
                      DnsException
                      TlsException
                    ServerDisconnectedException
                  TimeoutException
                    RateTimeoutException
                    QueueTimeoutException
                    ConnectTimeoutException
                    WriteTimeoutException
                    ReadTimeoutException
                    TotalTimeoutException
                  RequestBodyException
                  ProtocolException
                  PayloadException
                    TruncatedBodyException
                    BodyTooLargeException
                  ResponseException
                    StatusException
                    TooManyRedirectsException
                    ContentTypeException
                    JsonException
                """, drawn(ClientException.class, ""));
        assertEquals(IOException.class, ClientException.class.getSuperclass());
    }

    @Test
    void aTimeoutKnowsItsLimitAndWhatItTook() {
        TimeoutException e = new TotalTimeoutException(REQUEST, TWO, ELAPSED);

        assertEquals(TWO, e.limit());
        assertEquals(ELAPSED, e.elapsed());
    }

    @Test
    void aTruncatedBodyKnowsBothLengths() {
        TruncatedBodyException e = new TruncatedBodyException(REQUEST, 10, 3, null);

        assertEquals(10, e.expected());
        assertEquals(3, e.received());
    }

    @Test
    void aBodyThatIsTooLargeKnowsTheLimit() {
        assertEquals(1024, new BodyTooLargeException(REQUEST, 1024).limit());
    }

    @Test
    void anInvalidUrlIsThereAsItWasGiven() {
        InvalidUrlException e = new InvalidUrlException("htp:\n", "no");

        assertEquals("htp:\n", e.url());
        assertEquals("no", e.reason());
        assertNull(e.request());
    }

    @Test
    void anExceptionKnowsItsRequestAndAttempt() {
        ClientRequest third = REQUEST.toBuilder().attempt(3).build();
        ClientException e = new SessionClosedException(third);

        assertSame(third, e.request());
        assertEquals(3, e.attempt());
        assertEquals(1, new SessionClosedException(null).attempt());
    }

    @Test
    void aResponseExceptionKnowsTheResponseUntilItIsSerialised() throws Exception {
        ClientResponse response = response(404, "Not Found");
        ResponseException e = new StatusException(response);
        ResponseException copy = (ResponseException) copyOf(e);

        assertSame(response, e.response());
        assertEquals(404, e.status());
        assertSame(response.headers(), e.headers());
        assertEquals("secret", e.bodyExcerpt());
        assertNull(copy.response());
        assertEquals(404, copy.status());
        assertEquals(Headers.EMPTY, copy.headers());
        assertEquals("", copy.bodyExcerpt());
    }

    @Test
    void theExcerptOfABodyIsBoundedAndOnOneLine() {
        String body = "a\r\n\t\u0000\u001b\u2028\u2029\u202eé" + "x".repeat(1000);
        StatusException e = new StatusException(response(500, "", body.getBytes(StandardCharsets.UTF_8)));

        assertEquals(
                "a\\r\\n\\t\\u0000\\u001b\\u2028\\u2029\\u202eé" + "x".repeat(490) + "… (1010 characters)",
                e.bodyExcerpt());
    }

    @Test
    void theExcerptOfABodyDoesNotEndAmidACharacter() {
        String body = "x".repeat(499) + "🐦";
        StatusException e = new StatusException(response(500, "", body.getBytes(StandardCharsets.UTF_8)));

        assertEquals("x".repeat(499) + "… (501 characters)", e.bodyExcerpt());
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.0009S, 0 ms",
        "PT0.25S, 250 ms",
        "PT0.999999S, 999 ms",
        "PT1S, 1 s",
        "PT1.05S, 1 s",
        "PT1.1S, 1.1 s",
        "PT59.99S, 59.9 s",
        "PT5M, 300 s",
        "PT1H, 3600 s",
    })
    void aDurationIsPrintedAsAPersonWritesIt(Duration duration, String printed) {
        assertEquals(printed, Durations.print(duration));
    }

    /** What all accessors of it and its parents tell, but for what stays behind. */
    private static Map<String, Object> figures(ClientException e) {
        Map<String, Object> figures = new TreeMap<>();
        for (Class<?> type = e.getClass(); type != IOException.class; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 0)
                    .filter(method -> !LEFT_BEHIND.contains(method.getName()))
                    .forEach(method -> figures.put(method.getName(), told(method, e)));
        }
        return figures;
    }

    private static Object told(java.lang.reflect.Method accessor, ClientException e) {
        try {
            return accessor.invoke(e);
        } catch (ReflectiveOperationException failure) {
            throw new AssertionError(accessor.toString(), failure);
        }
    }

    private static String printed(Throwable e) {
        StringWriter printed = new StringWriter();
        e.printStackTrace(new PrintWriter(printed));
        return printed.toString();
    }

    private static Object copyOf(Object object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    private static Stream<Class<?>> concrete(Class<?> type) {
        Stream<Class<?>> below = Arrays.stream(children(type)).flatMap(ClientExceptionTest::concrete);
        return Modifier.isAbstract(type.getModifiers()) ? below : Stream.concat(Stream.of(type), below);
    }

    private static String drawn(Class<?> type, String indent) {
        return indent + type.getSimpleName() + "\n"
                + Arrays.stream(children(type))
                        .map(child -> drawn(child, indent + "  "))
                        .collect(Collectors.joining());
    }

    private static Class<?>[] children(Class<?> type) {
        return type.isSealed() ? type.getPermittedSubclasses() : new Class<?>[0];
    }

    private static ClientRequest request(String url) {
        ClientRequest.Builder request =
                ClientRequest.builder(Method.POST, Url.of(url)).body(RequestBody.text("secret"));
        request.headers().set("Cookie", "secret");
        return request.build();
    }

    private static ClientResponse response(int status, String reason) {
        return response(status, reason, "secret".getBytes(StandardCharsets.UTF_8));
    }

    private static ClientResponse response(int status, String reason, byte[] body) {
        Headers headers = Headers.of("Content-Type", "text/html", "Set-Cookie", "secret");
        return new ClientResponse(REQUEST, HttpVersion.HTTP_1_1, status, reason, headers, body, List.of());
    }
}
