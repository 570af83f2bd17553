package io.martlet.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.body.RequestBody;
import io.martlet.error.ClientException;
import io.martlet.error.ClientException.CircuitOpenException;
import io.martlet.error.ClientException.ConnectTimeoutException;
import io.martlet.error.ClientException.ConnectorException;
import io.martlet.error.ClientException.DnsException;
import io.martlet.error.ClientException.PayloadException;
import io.martlet.error.ClientException.ProtocolException;
import io.martlet.error.ClientException.QueueTimeoutException;
import io.martlet.error.ClientException.RateTimeoutException;
import io.martlet.error.ClientException.ReadTimeoutException;
import io.martlet.error.ClientException.ServerDisconnectedException;
import io.martlet.error.ClientException.SessionClosedException;
import io.martlet.error.ClientException.TlsException;
import io.martlet.error.ClientException.TotalTimeoutException;
import io.martlet.error.ClientException.TruncatedBodyException;
import io.martlet.error.Phase;
import io.martlet.http.ClientRequest;
import io.martlet.http.Deadline;
import io.martlet.http.Headers;
import io.martlet.http.MediaType;
import io.martlet.http.Method;
import io.martlet.http.Url;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ClientRequest GET = request("GET");

    /** Waits are the longest that they may be. */
    private static final RetryPolicy LONGEST = policy(Long.MAX_VALUE).build();

    /** Waits are the shortest that they may be. */
    private static final RetryPolicy SHORTEST = policy(0).build();

    private static RetryPolicy.Builder policy(long random) {
        return RetryPolicy.builder()
                .maxAttempts(100)
                .budget(RetryBudget.UNLIMITED)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .random(() -> random << 1 | 1);
    }

    private static ClientRequest request(String method) {
        return ClientRequest.builder(Method.of(method), Url.of("http://h/")).build();
    }

    private static Duration waitAfter(RetryPolicy policy, int status, String retryAfter) {
        Duration wait = policy.waitAfter(GET, status, Headers.of("Retry-After", retryAfter));
        assertNotNull(wait);
        return wait;
    }

    private static void assertAbout(Duration expected, Duration actual) {
        assertTrue(
                expected.minus(actual).abs().compareTo(Duration.ofMillis(1)) < 0, () -> expected + " is not " + actual);
    }

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        RetryPolicy policy = RetryPolicy.builder().build();

        assertEquals(3, policy.maxAttempts());
        assertEquals(Set.of(408, 425, 429, 500, 502, 503, 504), policy.statuses());
        assertEquals(Set.of(), policy.methods());
        assertEquals(Duration.ofMillis(500), policy.firstDelay());
        assertEquals(Duration.ofSeconds(30), policy.maxDelay());
        assertEquals(Duration.ofMinutes(2), policy.maxRetryAfter());
        assertTrue(policy.budget().toString().startsWith("RetryBudget[share=0.2, minPerSecond=10.0"));
        assertEquals(7, RetryPolicy.of(7).maxAttempts());
    }

    @ParameterizedTest
    @CsvSource({"1, PT0.5S", "2, PT1S", "3, PT2S", "6, PT16S", "7, PT30S", "60, PT30S", "99, PT30S"})
    void waitsAreRandomUpToABoundThatDoubles(int attempt, Duration longest) {
        ClientRequest request = GET.withAttempt(attempt);

        assertAbout(longest, LONGEST.waitAfter(request, 503, Headers.EMPTY));
        assertAbout(Duration.ZERO, SHORTEST.waitAfter(request, 503, Headers.EMPTY));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.01S, PT0.9S,      1, PT0.01S",
        "PT0.01S, PT0.9S,      3, PT0.04S",
        "PT0.01S, PT0.9S,     20, PT0.9S",
        "PT1.5S,  PT1.9S,      1, PT1.5S",
        "PT1S,    PT0S,        1, PT0S",
        "PT1S,    P106751991D, 1, PT1S",
    })
    void aBoundOfLessThanASecondIsNoLongerFirstWait(Duration first, Duration most, int attempt, Duration longest) {
        RetryPolicy policy =
                policy(Long.MAX_VALUE).firstDelay(first).maxDelay(most).build();

        assertAbout(longest, policy.waitAfter(GET.withAttempt(attempt), 503, Headers.EMPTY));
    }

    @ParameterizedTest
    @CsvSource({
        "2,                             PT2S",
        "0,                             PT0S",
        "1000000000000,                 PT2M",
        "121,                           PT2M",
        "'Fri, 20 Nov 2026 12:00:05 GMT', PT5S",
        "'Fri, 20 Nov 2026 11:00:00 GMT', PT0S",
    })
    void aServerIsObeyedWithinBoundsAndNotByAllAtOnce(String retryAfter, Duration wait) {
        assertAbout(wait, waitAfter(SHORTEST, 503, retryAfter));
        assertAbout(wait.plusMillis(500), waitAfter(LONGEST, 429, retryAfter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "soon", "1e12"})
    void whatIsNoTimeIsAsIfItWereNotThere(String retryAfter) {
        assertAbout(Duration.ofMillis(500), waitAfter(LONGEST, 503, retryAfter));
        assertAbout(Duration.ZERO, waitAfter(SHORTEST, 503, retryAfter));
    }

    @ParameterizedTest
    @CsvSource({
        "200, false",
        "301, false",
        "400, false",
        "401, false",
        "404, false",
        "408, true",
        "409, false",
        "425, true",
        "429, true",
        "500, true",
        "501, false",
        "502, true",
        "503, true",
        "504, true",
        "505, false",
    })
    void someStatusesPass(int status, boolean isRepeated) {
        assertEquals(isRepeated, LONGEST.waitAfter(GET, status, Headers.EMPTY) != null);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, true",
        "HEAD, true",
        "OPTIONS, true",
        "PUT, true",
        "DELETE, true",
        "QUERY, true",
        "POST, false",
        "PATCH, false",
        "REPORT, false",
    })
    void onlyWhatIsHarmlessIsSentAgain(String method, boolean isRepeated) {
        ClientRequest.Builder keyed = request(method).toBuilder();
        keyed.headers().set("Idempotency-Key", "k");

        assertEquals(isRepeated, LONGEST.waitAfter(request(method), 503, Headers.EMPTY) != null);
        assertEquals(isRepeated, LONGEST.waitAfter(request(method), refused(GET)) != null);
        assertNotNull(LONGEST.waitAfter(keyed.build(), 503, Headers.EMPTY));
        RetryPolicy allowing = policy(0).methods(Method.of(method)).build();
        assertNotNull(allowing.waitAfter(request(method), 503, Headers.EMPTY));
    }

    @Test
    void aBodyThatIsGoneIsNotSentAgain() {
        RequestBody gone = RequestBody.stream(InputStream.nullInputStream(), MediaType.TEXT);
        ClientRequest put = ClientRequest.builder(Method.PUT, Url.of("http://h/"))
                .body(gone)
                .build();

        assertNull(LONGEST.waitAfter(put, 503, Headers.EMPTY));
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(refused(GET), true),
                Arguments.of(new DnsException(GET, new IOException()), true),
                Arguments.of(new ServerDisconnectedException(GET, new IOException()), true),
                Arguments.of(new ConnectTimeoutException(GET, "connect", SECOND, SECOND), true),
                Arguments.of(new ReadTimeoutException(Phase.READ, GET, SECOND, SECOND), true),
                Arguments.of(new TruncatedBodyException(GET, 2, 1, null), true),
                Arguments.of(new TlsException(GET, new IOException()), false),
                Arguments.of(new TotalTimeoutException(GET, SECOND, SECOND), false),
                Arguments.of(new QueueTimeoutException(GET, SECOND, SECOND, ""), false),
                Arguments.of(new RateTimeoutException(GET, SECOND, SECOND, SECOND, ""), false),
                Arguments.of(new CircuitOpenException(GET, SECOND), false),
                Arguments.of(new PayloadException(GET, "corrupt", null), false),
                Arguments.of(new ProtocolException(GET, "no HTTP", null), false),
                Arguments.of(new SessionClosedException(GET), false));
    }

    private static ClientException refused(ClientRequest request) {
        return new ConnectorException(request, new IOException("refused"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void someFailuresPass(ClientException failure, boolean isRepeated) {
        assertEquals(isRepeated, LONGEST.waitAfter(GET, failure) != null);
        assertNull(policy(0).failures(f -> false).build().waitAfter(GET, failure));
        assertNotNull(policy(0).failures(f -> true).build().waitAfter(GET, failure));
    }

    @Test
    void thereAreSoManyTries() {
        RetryPolicy three = policy(0).maxAttempts(3).build();

        List<Boolean> repeated = IntStream.rangeClosed(1, 4)
                .mapToObj(attempt -> three.waitAfter(GET.withAttempt(attempt), 503, Headers.EMPTY) != null)
                .toList();

        assertEquals(List.of(true, true, false, false), repeated);
    }

    @Test
    void aTryThatWouldComeTooLateIsNotMade() {
        ClientRequest inTime = GET.withDeadline(Deadline.startingNow(Duration.ofHours(1)));

        assertNotNull(LONGEST.waitAfter(inTime, 503, Headers.of("Retry-After", "60")));
        RetryPolicy patient =
                policy(0).maxRetryAfter(Duration.ofSeconds(Long.MAX_VALUE)).build();
        assertNull(patient.waitAfter(inTime, 503, Headers.of("Retry-After", "7200")));
        assertNull(patient.waitAfter(inTime, 503, Headers.of("Retry-After", "99999999999999999999")));
    }

    @Test
    void withoutABudgetThereIsNone() {
        RetryPolicy poor = policy(0).budget(new RetryBudget(0, 0)).build();

        assertNull(poor.waitAfter(GET, 503, Headers.EMPTY));
        assertNull(poor.waitAfter(GET, refused(GET)));
    }

    @Test
    void whatIsNotRepeatedCostsNothing() {
        RetryBudget one = new RetryBudget(0, 1, () -> 0);
        RetryPolicy policy = policy(0).budget(one).build();

        assertNull(policy.waitAfter(request("POST"), 503, Headers.EMPTY));
        assertNull(policy.waitAfter(GET, 404, Headers.EMPTY));
        assertNotNull(policy.waitAfter(GET, 503, Headers.EMPTY));
        assertNull(policy.waitAfter(GET, 503, Headers.EMPTY));
    }

    static Stream<Arguments> nonsense() {
        Duration negative = Duration.ofNanos(-1);
        return Stream.of(
                Arguments.of(RetryPolicy.builder().maxAttempts(0), "maxAttempts is 0; a request is sent at least once"),
                Arguments.of(
                        RetryPolicy.builder().firstDelay(negative), "retry firstDelay is negative: PT-0.000000001S"),
                Arguments.of(RetryPolicy.builder().maxDelay(negative), "retry maxDelay is negative: PT-0.000000001S"),
                Arguments.of(
                        RetryPolicy.builder().maxRetryAfter(negative),
                        "retry maxRetryAfter is negative: PT-0.000000001S"));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void whatMakesNoSenseIsRefusedByItsName(RetryPolicy.Builder builder, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @Test
    void timesWithoutEndAreNoOverflow() {
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        RetryPolicy policy = policy(Long.MAX_VALUE)
                .firstDelay(forever)
                .maxDelay(forever)
                .maxRetryAfter(forever)
                .build();

        assertTrue(policy.waitAfter(GET.withAttempt(50), 503, Headers.EMPTY).compareTo(Duration.ofDays(364)) > 0);
        assertTrue(waitAfter(policy, 503, "99999999999999999999").compareTo(Duration.ofDays(365)) > 0);
    }
}
