package io.martlet.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.martlet.cookie.MemoryCookieJar;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.Url;
import io.martlet.testing.RecordedRequest;
import io.martlet.testing.ScriptedEngine;
import io.martlet.trace.TraceEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the migration page shows: it does the same in both languages. Inherited by a test of each. */
abstract class RowsContract {
    /** An API without a network. */
    final ScriptedEngine api = new ScriptedEngine(Answers::to);

    @TempDir
    Path folder;

    private final PrintStream out = System.out;
    private Path file;

    /** What the snippets print is nothing for the log of a build. */
    @BeforeEach
    void printNothing() {
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void printAgain() {
        System.setOut(out);
    }

    @BeforeEach
    void writeAFile() throws IOException {
        file = Files.writeString(folder.resolve("report.txt"), "a report");
    }

    /** Makes the session of the page, and asks it for {@code items}. */
    abstract void session() throws Exception;

    abstract void requests(byte[] data) throws Exception;

    abstract void bodies(Path path) throws Exception;

    /** Sends the multipart bodies of the page, and says how long one of them is. */
    abstract long multipart() throws Exception;

    /** What the response to {@code items/3} says, the request and what is an array left out. */
    abstract List<String> response() throws Exception;

    /** What is read of streamed bodies, in short. */
    abstract List<Object> streaming(Path saved) throws Exception;

    /** The text of the part of {@code parts}, and what it says of itself. */
    abstract List<Object> parts() throws Exception;

    abstract List<Object> many(List<String> urls, Path done, Path saved) throws Exception;

    abstract List<Object> cookies(MemoryCookieJar jar, Url url, Path path) throws Exception;

    abstract List<Boolean> errors(Exception error);

    abstract List<Boolean> events(TraceEvent event);

    /** Sends {@code items} through the middlewares of the page, the last of which answers. */
    abstract String middlewares() throws Exception;

    /** Runs the programs that the page begins with, but for the first. */
    abstract void programs(List<String> urls, Path saved) throws Exception;

    /** Asks for {@code url} with a session of its own, then runs the first program with that base URL. */
    abstract void alone(String url) throws Exception;

    /** Makes and closes the sessions that are shown for their settings alone; how many there are. */
    abstract int settings() throws Exception;

    @Test
    void aSessionSendsWhatItWasTold() throws Exception {
        session();

        assertEquals(List.of("GET https://api.example.com/v1/items (0 bytes)"), sent());
        assertEquals("reports/1.0", api.request().request().headers().get("X-Client"));
        assertEquals("theme=dark", api.request().request().headers().get("Cookie"));
        assertEquals(List.of(), api.request().request().headers().getAll("User-Agent"));
    }

    @Test
    void requestsAreSentAsTheyAreTold() throws Exception {
        requests("some text, some text, some text, some text".getBytes(StandardCharsets.UTF_8));

        String compressed = sent().get(10);
        assertTrue(compressed.matches("POST https://api.example.com/v1/items \\(\\d+ bytes\\)"), compressed);
        assertEquals("gzip", header(10, "Content-Encoding"));
        assertEquals("text/csv", header(3, "Accept"));
        assertEquals("theme=light", header(4, "Cookie"));
        assertEquals(null, header(5, "Accept"));
        assertEquals("100-continue", header(11, "Expect"));
        assertEquals(
                List.of(
                        "PURGE https://api.example.com/v1/items/1 (0 bytes)",
                        "GET https://api.example.com/a%2Fb (0 bytes)",
                        "https://api.example.com/v1/items?page=2&tag=a&tag=b"),
                List.of(
                        sent().get(0),
                        sent().get(1),
                        api.requests().get(2).request().url().href()));
    }

    @Test
    void bodiesAreSentAsTheyAreTold() throws Exception {
        bodies(file);

        assertEquals(
                List.of(
                        "\1\2\3",
                        "some text",
                        "{\"id\":3,\"title\":\"Three\"}",
                        "id=3&title=Three",
                        "a report",
                        "piece",
                        "a,b",
                        "a report"),
                api.requests().stream().map(RecordedRequest::text).toList());
    }

    @Test
    void multipartBodiesAreSentWithTheirParts() throws Exception {
        long length = multipart();

        String form = api.request().text();
        assertTrue(form.contains("name=\"title\"") && form.contains("filename=\"minutes.txt\""), form);
        assertTrue(length > 100, () -> length + " bytes");
    }

    @Test
    void aResponseSaysWhatItIs() throws Exception {
        assertEquals(
                List.of(
                        "200",
                        "OK",
                        "HTTP/1.1",
                        "true",
                        "GET",
                        "https://api.example.com/v1/items/3",
                        "https://api.example.com/v1/items/3",
                        "api.example.com",
                        "[]",
                        "\"v1\"",
                        "[<?page=2>; rel=next]",
                        "[theme=(hidden); Host=api.example.com; Path=/v1/items]",
                        "application/json",
                        "UTF-8",
                        "Optional[item.json]",
                        "Optional[https://api.example.com/v1/items/3?page=2]",
                        "{\"id\": 3, \"title\": \"Three\"}",
                        "Three"),
                response());
    }

    @Test
    void streamedBodiesAreReadAsTheyArrive() throws Exception {
        Path saved = folder.resolve("saved");

        List<Object> seen = streaming(saved);

        assertEquals(List.of(20, 20, 4, "one", "two", 8, 8, 4, 20, "1", "2", 20L, 20L, 0), seen);
        assertEquals(20, Files.size(saved));
    }

    @Test
    void partsAreReadOneByOne() throws Exception {
        assertEquals(List.of("Optional[inner]", "Optional[a.txt]", 21, "--y", "", "inner", "--y--"), parts());
    }

    @Test
    void manyRequestsGoThroughOneWindow() throws Exception {
        List<String> urls = Collections.nCopies(12, "https://api.example.com/v1/items");
        Path saved = folder.resolve("downloaded");

        assertEquals(List.of(12, 12L, 12), many(urls, folder.resolve("done"), saved));
        assertEquals(20, Files.size(saved));
    }

    @Test
    void aJarIsFilledAskedKeptAndCleared() throws Exception {
        List<Object> said = cookies(
                MemoryCookieJar.builder().build(), Url.of("https://example.com/"), folder.resolve("cookies.json"));

        assertEquals(List.of(List.of("theme"), 1, 0), said);
    }

    @Test
    void errorsAndEventsAreToldApart() {
        List<Boolean> url = errors(new InvalidUrlException("", "no URL"));
        List<Boolean> sent = events(new TraceEvent.Sent(0, 0, Duration.ZERO));

        assertEquals(2, Collections.frequency(url, true), url::toString);
        assertEquals(1, Collections.frequency(sent, true), sent::toString);
    }

    @Test
    void middlewaresAreAroundEachOther() throws Exception {
        assertEquals("cached", middlewares());
    }

    @Test
    void theProgramsRun() throws Exception {
        Path saved = folder.resolve("streamed");

        programs(List.of("https://api.example.com/v1/lines"), saved);

        assertEquals(20, Files.size(saved));
        assertEquals(List.of("/v1/lines", "/v1/file", "/v1/items/3"), paths());
    }

    @Test
    void aSessionMayBeForOneRequest() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> asked = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] item = "{\"id\": 3, \"title\": \"Three\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, item.length);
            exchange.getResponseBody().write(item);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            alone(url);
        } finally {
            server.stop(0);
        }
        assertEquals(List.of("/", "/items/3"), asked);
    }

    @Test
    void settingsAreAccepted() throws Exception {
        assertTrue(settings() >= 4);
    }

    private List<String> sent() {
        return api.requests().stream().map(RecordedRequest::toString).toList();
    }

    private List<String> paths() {
        return api.requests().stream()
                .map(asked -> asked.request().url().path())
                .toList();
    }

    private String header(int index, String name) {
        return api.requests().get(index).request().headers().get(name);
    }
}
