package io.martlet.samples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.demo.DemoServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every recipe prints, in whichever language: where the two differ, one of them is wrong. Inherited by a test of each
 * language, which says where the recipes are.
 *
 * <p>The server is the demo server, or the one whose address the system property {@code martlet.guide.url} holds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GuideContract {
    private static final int MAX_LINES = 60;

    @TempDir
    private static Path directory;

    private final Path sources;
    private DemoCertificates certificates;
    private DemoServer server;
    private String url;

    /** @param sources the folder of the sources of this language, the package of the guide in it */
    protected GuideContract(Path sources) {
        this.sources = sources.resolve("io/martlet/samples/guide");
    }

    @BeforeAll
    void start() throws Exception {
        certificates = DemoCertificates.make(directory);
        server = DemoServer.start(0);
        url = System.getProperty("martlet.guide.url", server.baseUrl());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        server.resetCounters();
    }

    @Test
    void thereIsOneRecipeForEachName() throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            Set<String> names = files.filter(Files::isRegularFile)
                    .map(file -> sources.relativize(file).toString().replaceFirst("\\.\\w+$", ""))
                    .map(path -> path.replace('\\', '/').replace('/', '.'))
                    .collect(Collectors.toSet());
            assertEquals(Arrays.stream(Recipe.values()).map(Recipe::path).collect(Collectors.toSet()), names);
        }
    }

    @Test
    void everyRecipeIsShortAndBeginsWithItsMain() throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                List<String> lines = Files.readAllLines(file);
                assertTrue(lines.size() <= MAX_LINES, file + " has " + lines.size() + " lines");
                String text = String.join("\n", lines);
                int main = text.indexOf(" main(");
                assertTrue(main > 0, file + " has no main");
                assertTrue(
                        !text.substring(0, main).contains("private static "), file + " does not begin with its main");
            }
        }
    }

    @Test
    void everyMainIsOneThatTheJvmStarts() throws Exception {
        for (Recipe recipe : Recipe.values()) {
            assertEquals(
                    void.class, recipe.main().getMethod("main", String[].class).getReturnType(), recipe.title());
        }
    }

    @Test
    void theIndexNamesEachRecipeWithItsSentence() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../README.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" | [Java]")))
                .toList();
        assertEquals(
                Arrays.stream(Recipe.values())
                        .map(recipe -> "| `" + recipe.title() + "` | " + recipe.sentence())
                        .toList(),
                rows);
    }

    @Test
    void firstGet() throws Exception {
        assertPrints(Recipe.FIRST_GET, "status: 200", "url: " + url + "get");
    }

    @Test
    void twoLifetimes() throws Exception {
        assertPrints(Recipe.TWO_LIFETIMES, "streamed: 3 lines", "kept: " + url + "get", "too late: .*closed.*");
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
                "posts/1: " + url + "anything/v1/posts/1",
                "../v2/posts: " + url + "anything/v2/posts",
                "/get: " + url + "get");
    }

    @Test
    void readingResponses() throws Exception {
        assertPrints(
                Recipe.READING_RESPONSES,
                "status: 200",
                "type: application/json",
                "text: [1-9]\\d+ characters",
                "bytes: [1-9]\\d+",
                "json: Sample \\w+.*",
                "url: " + url + "json after 1 redirect");
    }

    @Test
    void streamingDownload() throws Exception {
        List<String> lines = output(Recipe.STREAMING_DOWNLOAD, url);
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
    void everyError() throws Exception {
        assertPrints(
                Recipe.EVERY_ERROR,
                "InvalidUrlException in phase request",
                "DnsException in phase dns",
                "ConnectorException in phase connect",
                "TlsException in phase tls",
                "RequestBodyException in phase .*",
                "TotalTimeoutException in phase total",
                "ReadTimeoutException in phase .*",
                "BodyTooLargeException in phase read",
                "StatusException in phase response",
                "TooManyRedirectsException in phase response",
                "ContentTypeException in phase response",
                "JsonException in phase response",
                "QueueTimeoutException in phase queue",
                "SessionClosedException in phase .*");
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
    void customCa() throws Exception {
        assertPrints(Recipe.CUSTOM_CA, "without it: TlsException", "with it: 200");
    }

    @Test
    void clientCertificate() throws Exception {
        assertPrints(Recipe.CLIENT_CERTIFICATE, "without it: \\w+Exception", "with it: 200");
    }

    @Test
    void verificationOff() throws Exception {
        assertPrints(Recipe.VERIFICATION_OFF, "whoever it was said 200");
    }

    @Test
    void manyAtOnce() throws Exception {
        assertPrints(
                Recipe.MANY_AT_ONCE,
                url + "get\\?id=1 200",
                url + "delay/0.1 200",
                url + "get\\?id=2 200",
                url + "uuid 200",
                url + "get\\?id=3 200");
    }

    @Test
    void bounded() throws Exception {
        assertPrints(Recipe.BOUNDED, "50 of 50");
        assertTrue(server.maxInFlight() <= 10, "at once: " + server.maxInFlight());
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
        assertPrints(Recipe.BATCHES_OF_FIVE, "20 users, the last of them " + url + "anything/users/20");
        assertTrue(server.maxInFlight() <= 5, "at once: " + server.maxInFlight());
    }

    @Test
    void sequentialAndConcurrent() throws Exception {
        List<String> lines = output(Recipe.SEQUENTIAL_AND_CONCURRENT, url, "0.02");
        assertLinesMatch(
                List.of("20 one by one: \\d+[.,]\\d\\d s", "20 at once: \\d+[.,]\\d\\d s", "speed-up: \\d+[.,]\\d"),
                lines);
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
                "GET " + url + "anything/users/python",
                "Bearer my-key",
                "POST {\"title\":\"Hello\"}");
    }

    @Test
    void aggregator() throws Exception {
        assertPrints(
                Recipe.AGGREGATOR,
                "fetched 3 of 5",
                "json: [slideshow]",
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
        assertTrue(server.maxInFlight() <= 3, "at once: " + server.maxInFlight());
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
        assertPrints(Recipe.SESSION_PER_REQUEST, "a session for each: 5 connections", "one session: 1 connection");
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
    private void assertPrints(Recipe recipe, String... lines) throws Exception {
        if (recipe.server() == Recipe.Kind.HTTP) {
            assertLinesMatch(List.of(lines), output(recipe, url));
            return;
        }
        try (DemoServer secure = certificates.serve(recipe.server())) {
            List<String> arguments = new ArrayList<>(List.of(secure.baseUrl()));
            certificates.forClients().forEach(file -> arguments.add(file.toString()));
            assertLinesMatch(List.of(lines), output(recipe, arguments.toArray(String[]::new)));
        }
    }

    private static List<String> output(Recipe recipe, String... arguments) throws Exception {
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
