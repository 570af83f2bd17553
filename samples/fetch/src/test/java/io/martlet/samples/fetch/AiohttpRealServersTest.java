package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.martlet.async.AsyncSession;
import io.martlet.body.RequestBody;
import io.martlet.config.ConnectorConfig;
import io.martlet.error.ClientException.ServerDisconnectedException;
import io.martlet.error.ClientException.TruncatedBodyException;
import io.martlet.http.ClientResponse;
import io.martlet.http.MediaType;
import io.martlet.samples.demo.AiohttpProcess;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions against a server of aiohttp's, which nobody here wrote. Skipped where it is not installed; CI installs it. */
class AiohttpRealServersTest {
    private static final int LARGE = 16 << 20;

    private static @Nullable AiohttpProcess server;
    private static String url = "";

    private final AsyncSession session = AsyncSession.builder()
            .connector(ConnectorConfig.builder().limit(8).build())
            .build();

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(AiohttpProcess.isInstalled(), "aiohttp is not installed: apt-get install python3-aiohttp");
        AiohttpProcess started = AiohttpProcess.start(75);
        server = started;
        url = started.baseUrl();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void close() {
        session.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunks/2000", "chunks/2000?deflate=yes"})
    void manyChunksAreOneBodyAndTheConnectionIsKept(String path) throws Exception {
        String lines =
                IntStream.range(0, 2_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        for (int i = 0; i < 3; i++) {
            assertEquals(lines, session.get(url + path).get().text());
        }
        assertEquals("1", session.get(url + "count").get().text());
        assertEquals("2", session.get(url + "count").get().text());
        assertEquals(1, session.statistics().opened());
    }

    @Test
    void anUploadArrivesWhole() throws Exception {
        byte[] bytes = bytes(LARGE);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertEquals(
                "length " + LARGE + " " + digest,
                post("digest", RequestBody.bytes(bytes, MediaType.OCTET_STREAM)).text());
        assertEquals(
                "chunked " + LARGE + " " + digest, post("digest", stream(bytes)).text());
    }

    @Test
    void anUploadThatIsRefusedMidwayIsA413AndNoBrokenConnection() throws Exception {
        byte[] bytes = bytes(LARGE);
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    413,
                    post("small", RequestBody.bytes(bytes, MediaType.OCTET_STREAM))
                            .status());
            assertEquals(413, post("small", stream(bytes)).status());
        }
        assertEquals("3", post("small", RequestBody.text("abc")).text());
    }

    @ParameterizedTest
    @CsvSource({"digest, 200, true", "refused, 403, false"})
    void aBodyIsSentWhenTheServerConsentsToIt(String path, int status, boolean isSent) throws Exception {
        AtomicLong sent = new AtomicLong();
        RequestBody body =
                RequestBody.bytes(bytes(LARGE), MediaType.OCTET_STREAM).withProgress((bytes, total) -> sent.set(bytes));
        ClientResponse response = session.post(
                        url + path, r -> r.header("Expect", "100-continue").body(body))
                .get();
        assertEquals(status, response.status());
        assertEquals(isSent ? LARGE : 0, sent.get());
    }

    @Test
    void anAnswerThatBreaksOffIsAnError() throws Exception {
        assertFails(ServerDisconnectedException.class, session.get(url + "broken/head"));
        assertFails(TruncatedBodyException.class, session.get(url + "broken/length"));
        assertFails(TruncatedBodyException.class, session.get(url + "broken/chunks"));
        assertEquals(200, session.get(url + "count").get().status());
    }

    /** So short that it closes connections while they are about to be used again. */
    @Test
    void aConnectionThatItClosesForIdlenessCostsNoRequest() throws Exception {
        try (AiohttpProcess impatient = AiohttpProcess.start(0.001)) {
            // Until it has closed one that a request had been sent on.
            for (int round = 0; round < 50 || session.statistics().repeated() == 0; round++) {
                List<Integer> statuses = session.gather(
                                IntStream.range(0, 10).boxed(),
                                10,
                                n -> session.get(impatient.baseUrl() + "count").thenApply(ClientResponse::status))
                        .get();
                assertEquals(Collections.nCopies(10, 200), statuses);
            }
            assertEquals(0, session.statistics().failed());
        }
    }

    private ClientResponse post(String path, RequestBody body) throws Exception {
        return session.post(url + path, r -> r.body(body)).get();
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

    private static void assertFails(Class<? extends Throwable> type, CompletableFuture<?> call) {
        assertInstanceOf(type, assertThrows(ExecutionException.class, call::get).getCause());
    }
}
