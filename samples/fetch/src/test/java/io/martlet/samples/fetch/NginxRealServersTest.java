package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.martlet.async.AsyncSession;
import io.martlet.async.RequestSpec;
import io.martlet.body.RequestBody;
import io.martlet.config.ClientTimeout;
import io.martlet.config.ConnectorConfig;
import io.martlet.download.DownloadOptions;
import io.martlet.download.DownloadedFile;
import io.martlet.error.ClientException.ReadTimeoutException;
import io.martlet.error.ClientException.ServerDisconnectedException;
import io.martlet.http.ClientRequest;
import io.martlet.http.ClientResponse;
import io.martlet.http.MediaType;
import io.martlet.http.Method;
import io.martlet.samples.demo.NginxProcess;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions against nginx, which nobody here wrote. Skipped where it is not installed; CI installs it. */
class NginxRealServersTest {
    private static final int LARGE = 32 << 20;

    @TempDir
    private Path directory;

    private AsyncSession session;

    @BeforeEach
    void open() {
        assumeTrue(NginxProcess.isInstalled(), "nginx is not installed: apt-get install nginx");
        session = session(8);
    }

    @AfterEach
    void close() {
        if (session != null) {
            session.close();
        }
    }

    @Test
    void requestsOneAfterTheOtherShareOneConnection() throws Exception {
        try (NginxProcess nginx = nginx("return 200 $connection_requests;")) {
            for (int i = 1; i <= 50; i++) {
                assertEquals(
                        String.valueOf(i), session.get(nginx.baseUrl()).get().text());
            }
            assertEquals(1, session.statistics().opened());
        }
    }

    @Test
    void requestsAtOnceShareAsManyAsTheLimitAllows() throws Exception {
        try (NginxProcess nginx = nginx("return 200 $connection;")) {
            Set<String> connections = new HashSet<>(texts(nginx.baseUrl(), 500));
            assertTrue(connections.size() <= 8, "nginx saw " + connections.size() + " connections");
            assertTrue(session.statistics().opened() <= 8, () -> "opened: " + session.statistics());
        }
    }

    @Test
    void aConnectionThatNginxClosesAfterThreeRequestsIsReplaced() throws Exception {
        try (NginxProcess nginx = nginx("keepalive_requests 3; location / { return 200 $connection_requests; }")) {
            for (int i = 0; i < 99; i++) {
                assertEquals(
                        String.valueOf(i % 3 + 1),
                        session.get(nginx.baseUrl()).get().text());
            }
            assertEquals(33, session.statistics().opened());
            assertTrue(Set.of("1", "2", "3").containsAll(texts(nginx.baseUrl(), 600)));
        }
    }

    /** So short that it closes connections while they are about to be used again. */
    @Test
    void aConnectionThatNginxClosesForIdlenessCostsNoRequest() throws Exception {
        try (NginxProcess nginx = nginx("keepalive_timeout 1ms; location / { return 200 fine; }")) {
            // Until it has closed one that a request had been sent on.
            for (int round = 0; round < 50 || session.statistics().repeated() == 0; round++) {
                assertEquals(10, texts(nginx.baseUrl(), 10).size());
            }
            assertEquals(0, session.statistics().failed());
        }
    }

    @Test
    void anAnswerInGzipIsDecoded() throws Exception {
        String text = "nginx compresses what repeats itself. ".repeat(2_000);
        write("page.txt", text.getBytes());
        try (NginxProcess nginx = nginx("gzip on; gzip_types *; root %s/files;".formatted(directory))) {
            assertEquals(text, session.get(nginx.baseUrl() + "page.txt").get().text());

            ClientResponse raw = session.get(
                            nginx.baseUrl() + "page.txt",
                            r -> r.decompress(false).header("Accept-Encoding", "gzip"))
                    .get();
            assertEquals("gzip", raw.headers().get("Content-Encoding"));
            assertTrue(raw.bytes().length < text.length() / 10, raw.bytes().length + " bytes");
        }
    }

    @Test
    void aRangeIsAPartOfTheFile() throws Exception {
        byte[] bytes = write("file", 100_000);
        try (NginxProcess nginx = nginx("root %s/files;".formatted(directory))) {
            ClientResponse part = session.get(nginx.baseUrl() + "file", r -> r.header("Range", "bytes=10-1009"))
                    .get();
            assertEquals(206, part.status());
            assertEquals("bytes 10-1009/100000", part.headers().get("Content-Range"));
            assertArrayEquals(Arrays.copyOfRange(bytes, 10, 1010), part.bytes());
            assertEquals(416, get(nginx.baseUrl() + "file", r -> r.header("Range", "bytes=100000-")));
        }
    }

    @Test
    void headHasTheLengthAndNoBodyAndKeepsTheConnection() throws Exception {
        write("file", 100_000);
        try (NginxProcess nginx = nginx("root %s/files;".formatted(directory))) {
            for (int i = 0; i < 3; i++) {
                ClientResponse head = session.head(nginx.baseUrl() + "file").get();
                assertEquals("100000", head.headers().get("Content-Length"));
                assertEquals(0, head.bytes().length);
            }
            assertEquals(1, session.statistics().opened());
        }
    }

    @Test
    void fieldsBehindAChunkedBodyAreRead() throws Exception {
        byte[] bytes = write("file", 100_000);
        String server = "root %s/files; add_trailer X-Request $connection_requests;".formatted(directory);
        try (NginxProcess nginx = nginx(server)) {
            for (int i = 1; i <= 3; i++) {
                ClientResponse response = session.get(nginx.baseUrl() + "file").get();
                assertEquals("chunked", response.headers().get("Transfer-Encoding"));
                assertArrayEquals(bytes, response.bytes());
                assertEquals(String.valueOf(i), response.trailers().get("X-Request"));
            }
        }
    }

    @Test
    void aFileIsFetchedInSegments() throws Exception {
        byte[] bytes = write("file", 4 << 20);
        try (NginxProcess nginx = nginx("root %s/files;".formatted(directory))) {
            Path path = directory.resolve("fetched");
            DownloadedFile file = session.download(
                            nginx.baseUrl() + "file",
                            path,
                            DownloadOptions.builder()
                                    .segments(4)
                                    .minSegmentBytes(1 << 20)
                                    .build())
                    .get();
            assertEquals(4, file.segments());
            assertArrayEquals(bytes, Files.readAllBytes(path));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileIsFetchedFromWhereItBrokeOffUnlessItHasChanged(boolean hasChanged) throws Exception {
        write("file", 2 << 20);
        String server = "root %s/files; limit_rate_after 1m; if ($http_x_slow) { set $limit_rate 1; }";
        try (NginxProcess nginx = nginx(server.formatted(directory))) {
            Path path = directory.resolve("fetched");
            ClientTimeout impatient =
                    ClientTimeout.builder().socketRead(Duration.ofMillis(300)).build();
            ClientRequest slow = session.newRequest(
                    Method.GET,
                    nginx.baseUrl() + "file",
                    r -> r.header("X-Slow", "1").timeout(impatient));
            assertFails(ReadTimeoutException.class, session.download(slow, path, DownloadOptions.DEFAULT));
            byte[] bytes = hasChanged ? write("file", (2 << 20) - 1) : Files.readAllBytes(files("file"));

            DownloadedFile file =
                    session.download(nginx.baseUrl() + "file", path).get();

            assertEquals(!hasChanged, file.resumedFrom() > 0, "resumed from " + file.resumedFrom());
            assertArrayEquals(bytes, Files.readAllBytes(path));
        }
    }

    @Test
    void anUploadArrivesWhole() throws Exception {
        byte[] bytes = bytes(LARGE);
        String server = "root %s/files; dav_methods PUT; client_max_body_size 100m;".formatted(directory);
        try (NginxProcess nginx = nginx(server)) {
            Files.createDirectories(directory.resolve("files"));
            assertEquals(201, put(nginx.baseUrl() + "known", RequestBody.bytes(bytes, MediaType.OCTET_STREAM)));
            assertEquals(201, put(nginx.baseUrl() + "chunked", stream(bytes)));
            assertArrayEquals(bytes, Files.readAllBytes(files("known")));
            assertArrayEquals(bytes, Files.readAllBytes(files("chunked")));
        }
    }

    /** By its Content-Length nginx refuses it at once, in chunks when the mebibyte is over. */
    @Test
    void anUploadThatIsRefusedMidwayIsA413AndNoBrokenConnection() throws Exception {
        byte[] bytes = bytes(LARGE);
        String server = "root %s/files; dav_methods PUT; client_max_body_size 1m;".formatted(directory);
        try (NginxProcess nginx = nginx(server)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(413, put(nginx.baseUrl() + "a", RequestBody.bytes(bytes, MediaType.OCTET_STREAM)));
                assertEquals(413, put(nginx.baseUrl() + "b", stream(bytes)));
                assertEquals(404, get(nginx.baseUrl() + "b", r -> {}));
            }
        }
    }

    @Test
    void nothingIsSentOfABodyThatNginxDoesNotConsentTo() throws Exception {
        AtomicLong sent = new AtomicLong();
        RequestBody body =
                RequestBody.bytes(bytes(LARGE), MediaType.OCTET_STREAM).withProgress((bytes, total) -> sent.set(bytes));
        String server = "root %s/files; dav_methods PUT; client_max_body_size 1m;".formatted(directory);
        try (NginxProcess nginx = nginx(server)) {
            int status = session.put(
                            nginx.baseUrl() + "a",
                            r -> r.header("Expect", "100-continue").body(body))
                    .get()
                    .status();
            assertEquals(413, status);
            assertEquals(0, sent.get());
        }
    }

    @Test
    void aConnectionThatNginxClosesWithoutAWordIsADisconnectedServer() throws Exception {
        try (NginxProcess nginx = nginx("location /fine { return 200 fine; } location / { return 444; }")) {
            assertFails(ServerDisconnectedException.class, session.get(nginx.baseUrl()));
            assertEquals("fine", session.get(nginx.baseUrl() + "fine").get().text());
        }
    }

    private NginxProcess nginx(String server) throws Exception {
        return NginxProcess.start(directory, "", server);
    }

    private static AsyncSession session(int limit) {
        return AsyncSession.builder()
                .connector(ConnectorConfig.builder().limit(limit).build())
                .build();
    }

    private List<String> texts(String url, int count) throws Exception {
        return session.gather(
                        IntStream.range(0, count).boxed(),
                        100,
                        i -> session.get(url).thenApply(ClientResponse::text))
                .get();
    }

    private int get(String url, Consumer<RequestSpec> spec) throws Exception {
        return session.get(url, spec).get().status();
    }

    private int put(String url, RequestBody body) throws Exception {
        return session.put(url, r -> r.body(body)).get().status();
    }

    /** A body whose length is not announced. */
    private static RequestBody stream(byte[] bytes) {
        return RequestBody.stream(new ByteArrayInputStream(bytes), MediaType.OCTET_STREAM);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private byte[] write(String name, int length) throws Exception {
        return write(name, bytes(length));
    }

    private byte[] write(String name, byte[] bytes) throws Exception {
        Files.createDirectories(directory.resolve("files"));
        Files.write(files(name), bytes);
        return bytes;
    }

    private Path files(String name) {
        return directory.resolve("files").resolve(name);
    }

    private static void assertFails(Class<? extends Throwable> type, CompletableFuture<?> call) {
        assertInstanceOf(type, assertThrows(ExecutionException.class, call::get).getCause());
    }
}
