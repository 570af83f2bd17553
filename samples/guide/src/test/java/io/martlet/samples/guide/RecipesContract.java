package io.martlet.samples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every recipe prints, in whichever language, and whichever server it asks; all but those about TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RecipesContract {
    /** Where the server is; ends in a slash. */
    abstract String url();

    @Test
    void firstGet() throws Exception {
        assertPrints(Recipe.FIRST_GET, "status: 200", "url: " + url() + "get");
    }

    @Test
    void twoLifetimes() throws Exception {
        assertPrints(
                Recipe.TWO_LIFETIMES,
                "streamed: 3 lines",
                "kept: " + url() + "get",
                "too late: .*[Tt]he session is closed");
    }

    @Test
    void reusingASession() throws Exception {
        assertPrints(Recipe.REUSING_A_SESSION, "second: 200", "connections: 1");
    }

    @Test
    void allMethods() throws Exception {
        assertPrints(
                Recipe.ALL_METHODS,
                "GET 200",
                "POST 200",
                "PUT 200",
                "PATCH 200",
                "DELETE 200",
                "HEAD 200",
                "OPTIONS 200",
                "TRACE 200");
    }

    @Test
    void queryParams() throws Exception {
        assertPrints(
                Recipe.QUERY_PARAMS,
                "sent: page=1&status=in(%20|\\+)review&tag=a%26b&tag=c",
                "page: \"1\"",
                "status: \"in review\"",
                "tag: \\[\"a&b\",\\s?\"c\"]");
    }

    @Test
    void bodies() throws Exception {
        assertPrints(
                Recipe.BODIES,
                "application/json: \"alice@example.com\"",
                "application/x-www-form-urlencoded.*: \\{\"field\":\"a value\"}",
                "application/octet-stream: \"raw\"");
    }

    @Test
    void headersAndAuthentication() throws Exception {
        assertPrints(
                Recipe.HEADERS_AND_AUTHENTICATION,
                "User-Agent: my-app/1.0",
                "Accept: application/json",
                "Authorization: Bearer my-token",
                "Accept: text/plain");
    }

    @Test
    void cookies() throws Exception {
        assertPrints(
                Recipe.COOKIES,
                "{session_id=\"abc123\", theme=\"dark\", tmp_session=\"xyz\"}",
                "{session_id=\"abc123\", theme=\"dark\"}");
    }

    @Test
    void baseUrl() throws Exception {
        assertPrints(
                Recipe.BASE_URL,
                "posts/1: " + url() + "anything/v1/posts/1",
                "../v2/posts: " + url() + "anything/v2/posts",
                "/get: " + url() + "get");
    }

    @Test
    void readingResponses() throws Exception {
        assertPrints(
                Recipe.READING_RESPONSES,
                "status: 200",
                "type: application/json",
                "text: [1-9]\\d+ characters",
                "bytes: [1-9]\\d+",
                "json: 7",
                "url: " + url() + "get\\?id=7 after 1 redirect");
    }

    @Test
    void bodyInPieces() throws Exception {
        assertPrints(Recipe.BODY_IN_PIECES, "100000 bytes in 13 pieces", "checksum: 3094554e");
    }

    @Test
    void streamingDownload() throws Exception {
        comment(Recipe.STREAMING_DOWNLOAD, List.of(">> progress >>", "saved: 100000 bytes"));
        List<String> lines = output(Recipe.STREAMING_DOWNLOAD, url());
        assertEquals("saved: 100000 bytes", lines.get(lines.size() - 1));
        List<String> progress = lines.subList(0, lines.size() - 1);
        assertEquals("progress: 100000 of 100000", progress.get(progress.size() - 1));
        List<Integer> bytes = progress.stream()
                .map(line -> Integer.valueOf(line.split(" ")[1]))
                .toList();
        assertEquals(bytes.stream().sorted().distinct().toList(), bytes);
    }

    @Test
    void raiseForStatus() throws Exception {
        assertPrints(
                Recipe.RAISE_FOR_STATUS,
                "not asked: 404",
                "asked of the response: GET .*status/404 answered 404.*",
                "asked of the request: 503",
                "asked of the session: .*GET .*status/418 answered 418.*");
    }

    @Test
    void errorHandling() throws Exception {
        assertPrints(
                Recipe.ERROR_HANDLING,
                "fine: 200",
                "not found",
                "too many requests, come back later",
                "the server says 500",
                "took longer than 100 ms",
                "no secure connection",
                "no connection",
                "something else: TooManyRedirectsException");
    }

    @Test
    void errorsOfRequests() throws Exception {
        assertPrints(
                Recipe.ERRORS_OF_REQUESTS,
                "InvalidUrlException in phase request",
                "AuthenticationException in phase request",
                "RequestBodyException in phase write",
                "QueueFullException in phase queue",
                "SessionClosedException in phase request",
                "CircuitOpenException in phase request");
    }

    @Test
    void errorsOfConnections() throws Exception {
        assertPrints(
                Recipe.ERRORS_OF_CONNECTIONS,
                "DnsException in phase dns",
                "ConnectorException in phase connect",
                "TlsException in phase tls",
                "ServerDisconnectedException in phase first byte");
    }

    @Test
    void errorsOfTime() throws Exception {
        assertPrints(
                Recipe.ERRORS_OF_TIME,
                "ConnectTimeoutException in phase tls: PT0.1S",
                "WriteTimeoutException in phase write: PT0.1S",
                "ReadTimeoutException in phase first byte: PT0.1S",
                "TotalTimeoutException in phase total: PT0.1S",
                "QueueTimeoutException in phase queue: PT0.1S",
                "RateTimeoutException in phase rate: PT0.1S");
    }

    @Test
    void errorsOfResponses() throws Exception {
        assertPrints(
                Recipe.ERRORS_OF_RESPONSES,
                "ProtocolException in phase read",
                "TruncatedBodyException in phase read",
                "PayloadException in phase read",
                "BodyTooLargeException in phase read",
                "StatusException in phase response",
                "TooManyRedirectsException in phase response",
                "ContentTypeException in phase response",
                "JsonException in phase response");
    }

    @Test
    void timeouts() throws Exception {
        assertPrints(Recipe.TIMEOUTS, "in time: 200", "the whole: PT0.2S", "silence: PT0.1S", "no limit: 200");
    }

    @Test
    void connectionPool() throws Exception {
        assertPrints(
                Recipe.CONNECTION_POOL,
                "five to a host: 20 responses over [1-5] connections",
                "none kept: 20 responses over 20 connections");
    }

    @Test
    void manyAtOnce() throws Exception {
        assertPrints(
                Recipe.MANY_AT_ONCE,
                url() + "get\\?id=1 200",
                url() + "delay/0.1 200",
                url() + "get\\?id=2 200",
                url() + "uuid 200",
                url() + "get\\?id=3 200",
                "fetched 5 in \\d+[.,]\\d\\d s");
    }

    @Test
    void bounded() throws Exception {
        assertPrints(Recipe.BOUNDED, "completed: 50 of 50");
    }

    @Test
    void withOutcomes() throws Exception {
        assertPrints(
                Recipe.WITH_OUTCOMES,
                "✓ get: 200",
                "✗ status/404: StatusException",
                "✗ http://127.0.0.1:1/: ConnectorException",
                "✓ uuid: 200");
    }

    @Test
    void batchesOfFive() throws Exception {
        assertPrints(Recipe.BATCHES_OF_FIVE, "20 users, the last of them " + url() + "anything/users/20");
    }

    @Test
    void sequentialAndConcurrent() throws Exception {
        List<String> lines =
                List.of("20 one by one: \\d+[.,]\\d\\d s", "20 at once: \\d+[.,]\\d\\d s", "speed-up: \\d+[.,]\\d");
        assertLinesMatch(lines, output(Recipe.SEQUENTIAL_AND_CONCURRENT, url(), "0.02"));
        comment(Recipe.SEQUENTIAL_AND_CONCURRENT, lines);
    }

    @Test
    void retryWithBackoff() throws Exception {
        assertPrints(
                Recipe.RETRY_WITH_BACKOFF,
                "get: 200",
                "503: gave up at try 3, after 2 others",
                "404: would be the same again, gave up at try 1");
    }

    @Test
    void apiClient() throws Exception {
        assertPrints(
                Recipe.API_CLIENT,
                "GET " + url() + "anything/users/python",
                "Bearer my-key",
                "POST {\"title\":\"Hello\"}");
    }

    @Test
    void aggregator() throws Exception {
        assertPrints(
                Recipe.AGGREGATOR,
                "fetched 3 of 5",
                "ip: [origin]",
                "uuid: [uuid]",
                "status/503: StatusException",
                "user-agent: [user-agent]",
                "html: JsonException");
    }

    @Test
    void creatingPosts() throws Exception {
        assertPrints(
                Recipe.CREATING_POSTS,
                "created: First by user 1",
                "created: Second by user 2",
                "created: Third by user 3");
    }

    @Test
    void scraper() throws Exception {
        assertPrints(
                Recipe.SCRAPER,
                "✓ get: 200, [1-9]\\d+ bytes",
                "✓ status/200: 200, 0 bytes",
                "✓ status/404: 404, 0 bytes",
                "✓ delay/0.2: 200, [1-9]\\d+ bytes",
                "✓ bytes/1024: 200, 1024 bytes",
                "✓ bytes/2048: 200, 2048 bytes",
                "✓ ip: 200, [1-9]\\d+ bytes",
                "✓ headers: 200, [1-9]\\d+ bytes",
                "✓ user-agent: 200, [1-9]\\d+ bytes",
                "✗ http://127.0.0.1:1/: ConnectorException",
                "success rate: 9/10");
    }

    @Test
    void unreadBody() throws Exception {
        assertPrints(
                Recipe.UNREAD_BODY,
                "unread: 200",
                "unread: 200",
                "unread: 200",
                "unread: 200",
                "unread: 200",
                "read late: \"1\" and \"2\"");
    }

    @Test
    void sessionPerRequest() throws Exception {
        assertPrints(Recipe.SESSION_PER_REQUEST, "a session for each, connections: 5", "one session, connections: 1");
    }

    @Test
    void forgottenAwait() throws Exception {
        assertPrints(Recipe.FORGOTTEN_AWAIT, "meanwhile: 200", "later: 200");
    }

    @Test
    void blockingInACallback() throws Exception {
        assertPrints(Recipe.BLOCKING_IN_A_CALLBACK, "8 callbacks have waited, and got 200");
    }

    @Test
    void tooManyAtOnce() throws Exception {
        assertPrints(Recipe.TOO_MANY_AT_ONCE, "200 of 200 over ([1-9]|10) connections", "1 of 3 refused");
    }

    @Test
    void swallowedExceptions() throws Exception {
        assertPrints(
                Recipe.SWALLOWED_EXCEPTIONS,
                "the first failure: GET .*status/404 answered 404.*",
                "all failures: 2",
                "a mistake of ours is not taken for one of HTTP");
    }

    /** Each line is the one that is printed, or a pattern of it. */
    final void assertPrints(Recipe recipe, String... lines) throws Exception {
        assertLinesMatch(List.of(lines), output(recipe, url()));
        comment(recipe, List.of(lines));
    }

    /** Holds the first comment of a recipe to what it must print: lines, or patterns of them. */
    void comment(Recipe recipe, List<String> lines) throws IOException {}

    /** What a recipe prints, line by line. */
    static List<String> output(Recipe recipe, String... arguments) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            recipe.run(arguments);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
