package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.martlet.samples.demo.DemoServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The archive that a process of the command writes, held to the schema of HAR 1.2; and that the schema holds it. */
class HarSchemaTest {
    @TempDir
    private static Path directory;

    private static Schema schema;
    private static String archive;

    /** Redirects, answers of many kinds, bodies that are sent, cookies, retries, and what fails at each stage. */
    @BeforeAll
    static void write() throws Exception {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        try (InputStream text = HarSchemaTest.class.getResourceAsStream("har-1.2.schema.json")) {
            schema = registry.getSchema(text, InputFormat.JSON);
        }
        try (DemoServer server = DemoServer.start(0);
                Peer cut = Peer.thatAnswers("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
                Peer odd = Peer.thatAnswers("HTTP/1.1 299 \r\n"
                        + "Set-Cookie: a=1; Path=/x; path=/; Expires=Wed, 21 Oct 2099 07:28:00 GMT; HttpOnly;"
                        + " Secure\r\n"
                        + "Set-Cookie: ;\r\n"
                        + "Set-Cookie: b=2; expires=soon\r\n"
                        + "Content-Length: 0\r\n\r\n")) {
            String base = server.baseUrl();
            String post =
                    "{\"url\": \"" + base + "anything?a=1&b&token=hunter2#part\", \"method\": \"POST\", \"headers\":"
                            + " {\"X-Api-Key\": \"hunter2\"}, \"body\": {\"password\": \"hunter2\"}}";
            List<String> lines = List.of(
                    base + "redirect/2",
                    base + "cookies/set?session=hunter2",
                    post,
                    base + "status/404",
                    base + "flaky/1?retry_after=0&key=har",
                    base + "gzip",
                    base + "bytes/100000",
                    Peer.refusingUrl(),
                    cut.url(),
                    odd.url(),
                    "no url");
            Path input = Files.write(directory.resolve("lines"), lines);
            Process fetch = Cli.start(
                    directory.resolve("messages"),
                    "fetch",
                    "--har",
                    directory.resolve("run.har").toString(),
                    "-i",
                    input.toString(),
                    "-b",
                    "login=hunter2",
                    "-u",
                    "me:hunter2",
                    "--retries",
                    "1");
            fetch.getInputStream().readAllBytes();
            assertTrue(fetch.waitFor(30, TimeUnit.SECONDS));
            assertEquals(1, fetch.exitValue(), Files.readString(directory.resolve("messages")));
        }
        archive = Files.readString(directory.resolve("run.har"));
    }

    @AfterAll
    static void forget() {
        archive = "";
    }

    @Test
    void whatTheCommandWritesIsAnHttpArchive() {
        assertEquals(List.of(), schema.validate(archive, InputFormat.JSON));
        List<Integer> statuses = new ArrayList<>();
        entries()
                .forEach(entry ->
                        statuses.add(entry.get("response").get("status").intValue()));
        assertTrue(statuses.containsAll(List.of(0, 200, 299, 302, 404, 503)), statuses.toString());
    }

    @Test
    void aRequestWithoutAnAnswerIsInOneToo() throws IOException {
        Path har = directory.resolve("silent.har");
        try (Peer silent = Peer.thatNeverAnswers()) {
            Cli.run("fetch", "--har", har.toString(), "--timeout", "0.2", silent.url());
        }
        assertEquals(List.of(), schema.validate(Files.readString(har), InputFormat.JSON));
        assertTrue(Files.readString(har).contains("\"_error\":\"GET "), Files.readString(har));
    }

    @Test
    void cookiesAreNamedAndTheirValuesAreNot() {
        JsonNode sent = entries().get(0).get("request").get("cookies");
        assertEquals("[{\"name\":\"login\",\"value\":\"(hidden)\"}]", sent.toString());
        JsonNode odd = null;
        for (JsonNode entry : entries()) {
            odd = entry.get("response").get("status").intValue() == 299 ? entry : odd;
        }
        assertEquals(
                "[{\"name\":\"a\",\"value\":\"(hidden)\",\"path\":\"/\",\"expires\":\"2099-10-21T07:28:00Z\",\"httpOnly\":true,"
                        + "\"secure\":true},{\"name\":\"\",\"value\":\"(hidden)\",\"httpOnly\":false,\"secure\":false},"
                        + "{\"name\":\"b\",\"value\":\"(hidden)\",\"httpOnly\":false,\"secure\":false}]",
                odd.get("response").get("cookies").toString());
        assertFalse(archive.contains("hunter2"));
    }

    static Stream<Consumer<ObjectNode>> breaches() {
        return Stream.of(
                entry -> entry.remove("timings"),
                entry -> entry.put("time", -1),
                entry -> entry.put("startedDateTime", "yesterday"),
                entry -> entry.put("serverIPAddress", "localhost"),
                entry -> entry.put("tls", "unknown names begin with _"),
                entry -> ((ObjectNode) entry.get("request")).remove("cookies"),
                entry -> ((ObjectNode) entry.get("request")).put("bodySize", "3"),
                entry -> ((ObjectNode) entry.get("response")).put("status", "200"),
                entry -> ((ObjectNode) entry.get("response").get("content")).remove("mimeType"),
                entry -> ((ObjectNode) entry.get("timings")).put("wait", -1));
    }

    @ParameterizedTest
    @MethodSource
    void breaches(Consumer<ObjectNode> breach) {
        JsonNode broken = Cli.parse(archive);
        breach.accept((ObjectNode) broken.get("log").get("entries").get(0));
        assertFalse(schema.validate(broken.toString(), InputFormat.JSON).isEmpty());
    }

    private static JsonNode entries() {
        return Cli.parse(archive).get("log").get("entries");
    }
}
