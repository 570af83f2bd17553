package io.martlet.internal.tls;

import static io.martlet.internal.tls.TestCertificate.LOCALHOST;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets, against the JDK's own server. */
class JdkServerSocketTest {
    /** More than the buffers of two sockets take. */
    private static final int LARGE = 16 * 1024 * 1024;

    private interface Conversation {
        void with(SSLSocket client) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aLineIsEchoedAndTheConnectionClosedInGoodOrder(String protocol) throws Exception {
        try (SSLServerSocket listening = listen(protocol);
                SocketClient client = new SocketClient(TlsPair.TRUSTING, "localhost", listening.getLocalPort())) {
            CompletableFuture<Void> served = serve(listening, socket -> {
                byte[] line = readLine(socket);
                socket.getOutputStream().write(line);
            });

            assertEquals(protocol, client.session().protocol());
            client.write("hello\n");

            assertEquals("hello\n", client.readUntil("\n"));
            assertNull(client.end());
            served.get();
        }
    }

    @Test
    void theNextConnectionResumesTheSession() throws Exception {
        TlsContext context = new TlsContext(TlsPair.TRUSTING);
        try (SSLServerSocket listening = listen("TLSv1.3")) {
            for (boolean resumed : new boolean[] {false, true, true}) {
                try (SocketClient client = new SocketClient(context, "localhost", listening.getLocalPort())) {
                    CompletableFuture<Void> served =
                            serve(listening, socket -> socket.getOutputStream().write(readLine(socket)));
                    assertEquals(resumed, client.session().isResumed());
                    client.write("x\n");
                    client.readUntil("\n");
                    served.get();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aDownloadThatIsPausedAtEachStepArrivesWhole(String protocol) throws Exception {
        byte[] body = TlsPair.data(LARGE);
        try (SSLServerSocket listening = listen(protocol);
                SocketClient client =
                        new SocketClient(TlsPair.TRUSTING, "localhost", listening.getLocalPort()).halting()) {
            CompletableFuture<Void> served =
                    serve(listening, socket -> socket.getOutputStream().write(body));

            assertNull(client.end());

            assertArrayEquals(body, client.bytes());
            assertTrue(client.transport().toString().contains("holds 0 bytes"));
            served.get();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void anUploadWaitsForTheServerAndArrivesWhole(String protocol) throws Exception {
        byte[] body = TlsPair.data(LARGE);
        CompletableFuture<byte[]> arrived = new CompletableFuture<>();
        CountDownLatch full = new CountDownLatch(1);
        try (SSLServerSocket listening = listen(protocol);
                SocketClient client = new SocketClient(TlsPair.TRUSTING, "localhost", listening.getLocalPort())) {
            CompletableFuture<Void> served = serve(listening, socket -> {
                socket.startHandshake();
                awaitOpen(full);
                arrived.complete(socket.getInputStream().readNBytes(LARGE));
            });
            client.session();

            client.write(body, full::countDown);

            assertArrayEquals(body, arrived.get());
            served.get();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void bothWaysAtOnceNothingIsLost(String protocol) throws Exception {
        byte[] body = TlsPair.data(LARGE);
        try (SSLServerSocket listening = listen(protocol);
                SocketClient client =
                        new SocketClient(TlsPair.TRUSTING, "localhost", listening.getLocalPort()).halting()) {
            CompletableFuture<Void> served = serve(listening, socket -> {
                byte[] piece = new byte[10_000];
                for (int left = LARGE; left > 0; ) {
                    int count = socket.getInputStream().read(piece);
                    socket.getOutputStream().write(piece, 0, count);
                    left -= count;
                }
            });
            client.session();

            client.write(body, () -> {});

            assertNull(client.end());
            assertArrayEquals(body, client.bytes());
            served.get();
        }
    }

    @Test
    void aClosedLoopEndsTheHandshakeAndTheConnection() throws Exception {
        try (java.net.ServerSocket silent = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SSLServerSocket listening = listen("TLSv1.3");
                SocketClient waiting = new SocketClient(TlsPair.TRUSTING, "localhost", silent.getLocalPort());
                SocketClient open = new SocketClient(TlsPair.TRUSTING, "localhost", listening.getLocalPort())) {
            CompletableFuture<Void> served = serve(listening, JdkServerSocketTest::readLine);
            open.session();

            waiting.transport().loop().close();
            open.transport().loop().close();

            assertEquals(
                    "the connection broke during the TLS handshake: The event loop is closed",
                    waiting.failure().getMessage());
            assertEquals("The event loop is closed", open.end().getMessage());
            served.get();
        }
    }

    @Test
    void aServerThatHangsUpInTheHandshakeIsAFailure() throws Exception {
        try (java.net.ServerSocket listening = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SocketClient client = new SocketClient(TlsPair.TRUSTING, "localhost", listening.getLocalPort())) {
            try (java.net.Socket accepted = listening.accept()) {
                accepted.getInputStream().readNBytes(5);
                accepted.shutdownOutput();

                Throwable cause = client.failure();
                assertEquals(
                        TlsHandshakeException.Reason.CLOSED,
                        assertInstanceOf(TlsHandshakeException.class, cause).reason());
            }
        }
    }

    private static SSLServerSocket listen(String protocol) throws IOException {
        SSLServerSocket listening = (SSLServerSocket) new EngineServer(LOCALHOST)
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        listening.setEnabledProtocols(new String[] {protocol});
        return listening;
    }

    private static CompletableFuture<Void> serve(SSLServerSocket listening, Conversation conversation) {
        return CompletableFuture.runAsync(() -> {
            try (SSLSocket socket = (SSLSocket) listening.accept()) {
                conversation.with(socket);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void awaitOpen(CountDownLatch gate) {
        try {
            assertTrue(gate.await(30, TimeUnit.SECONDS), "the client was never held up");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] readLine(SSLSocket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c >= 0) {
            line.append((char) c);
            c = c == '\n' ? -1 : in.read();
        }
        return line.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
