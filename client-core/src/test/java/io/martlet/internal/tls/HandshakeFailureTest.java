package io.martlet.internal.tls;

import static io.martlet.internal.tls.TestCertificate.LOCALHOST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.martlet.internal.tls.TlsHandshakeException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeFailureTest {
    private final TlsPair pair = TlsPair.of(new EngineServer(LOCALHOST));

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', plain HTTP: \"HTTP/1.1 400 Bad Request\"",
        "'SSH-2.0-OpenSSH_9.2\r\n', something else: \"SSH-2.0-OpenSSH_9.2\"",
        "'220 mail.example ESMTP\r\n', something else: \"220 mail.example ESMTP\"",
        "'\0\u001bx', something else: \"\\u0000\\u001bx\""
    })
    void aServerThatSpeaksSomethingElseIsQuoted(String answer, String quoted) {
        answered(answer.getBytes(StandardCharsets.ISO_8859_1));

        assertEquals(Reason.NOT_TLS, pair.failure().reason());
        assertEquals(
                "the server does not speak TLS on this port but " + quoted,
                pair.failure().getMessage());
        assertEquals("close", pair.below.closedBy());
    }

    @Test
    void aServerThatTalksFirstIsQuotedToo() {
        pair.begin();
        pair.below.deliver("220 ready\r\n".getBytes(StandardCharsets.US_ASCII));
        pair.settle();

        assertEquals(
                "the server does not speak TLS on this port but something else: \"220 ready\"",
                pair.failure().getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "15030300020228, REFUSED, the server shares no cipher suite or other setting with this client (TLS alert "
                + "handshake_failure)",
        "15030100020246, VERSION, the server does not speak TLSv1.2 or later (TLS alert protocol_version)",
        "15030300020250, REFUSED, the server refused the TLS handshake (TLS alert internal_error)",
        "15030300020270, REFUSED, the server does not know the host name that it was sent (TLS alert unrecognized_name)",
        "15030300020170, REFUSED, the server does not know the host name that it was sent (TLS alert unrecognized_name)",
        // A ServerHello of TLS 1.0.
        "160301002a020000260301{random}00c01400, VERSION, 'the server does not speak TLSv1.2 or later: The server selected "
                + "protocol version TLS10 is not accepted by client preferences [TLS13, TLS12]'"
    })
    void anAlertOrAnOldVersionIsTold(String answer, Reason reason, String message) {
        answered(HexFormat.of().parseHex(answer.replace("{random}", "11".repeat(32))));

        assertEquals(message, pair.failure().getMessage());
        assertEquals(reason, pair.failure().reason());
    }

    @ParameterizedTest
    @CsvSource({
        // A version before TLS, a record longer than any, messages that do not belong here, an endless message.
        "160201000101",
        "160303ffff02",
        "16030300040f000000",
        "160303000401000000",
        "160303000402ffffff"
    })
    void whatIsNoHandshakeIsAProtocolError(String answer) {
        answered(HexFormat.of().parseHex(answer));
        pair.below.end(null);
        pair.run();

        assertEquals(
                Reason.PROTOCOL, pair.failure().reason(), () -> pair.failure().getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void anEndAnywhereInTheHandshakeIsToldAsSuch(String protocol) {
        TlsContext context = new TlsContext(TlsPair.TRUSTING);
        byte[] flight = firstFlight(protocol, context);
        for (int at = 0; at < flight.length; at += at < 12 ? 1 : 61) {
            TlsPair cut = new TlsPair(new EngineServer(LOCALHOST).protocols(protocol), context, "localhost");
            cut.begin();
            cut.run();
            byte[] hello = cut.below.takeSent();

            cut.below.deliver(Arrays.copyOf(cut.server.handle(hello), at));
            cut.run();
            cut.below.end(null);
            cut.run();

            assertEquals(Reason.CLOSED, cut.failure().reason());
            assertEquals(
                    "the server closed the connection during the TLS handshake",
                    cut.failure().getMessage());
        }
    }

    private static byte[] firstFlight(String protocol, TlsContext context) {
        TlsPair pair = new TlsPair(new EngineServer(LOCALHOST).protocols(protocol), context, "localhost");
        pair.begin();
        pair.run();
        return pair.server.handle(pair.below.takeSent());
    }

    @Test
    void aResetAmidTheHandshakeIsTheCause() {
        IOException reset = new IOException("Connection reset");
        pair.begin();
        pair.run();

        pair.below.end(reset);
        pair.run();

        assertEquals(Reason.CLOSED, pair.failure().reason());
        assertEquals(
                "the connection broke during the TLS handshake: Connection reset",
                pair.failure().getMessage());
        assertSame(reset, pair.failure().getCause());
    }

    @Test
    void aConnectionThatTakesNothingIsTheCause() {
        IOException broken = new IOException("Broken pipe");
        pair.below.breakWrites(broken);

        pair.handshake();

        assertEquals(
                "the connection broke during the TLS handshake: Broken pipe",
                pair.failure().getMessage());
        assertSame(broken, pair.failure().getCause());
        assertEquals("abort", pair.below.closedBy());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingAmidTheHandshakeEndsItOnce(boolean abort) {
        pair.begin();
        pair.run();

        if (abort) {
            pair.client.abort();
        } else {
            pair.client.close();
        }
        pair.settle();

        assertEquals(Reason.CLOSED, pair.failure().reason());
        assertEquals(
                "the connection was closed by this side during the TLS handshake",
                pair.failure().getMessage());
        assertNull(pair.failure().getCause());
        assertEquals(abort ? "abort" : "close", pair.below.closedBy());
    }

    @Test
    void closingWhileTheExecutorWorksEndsTheHandshakeToo() {
        pair.begin();
        pair.loop.runAll();
        pair.client.close();

        pair.settle();

        assertEquals(Reason.CLOSED, pair.failure().reason());
    }

    @Test
    void closingWhileTheExecutorSendsIsNoFailureOfTheServer() {
        pair.begin();
        pair.client.abort();
        pair.executor.runAll();
        pair.settle();

        assertEquals(
                "the connection was closed by this side during the TLS handshake",
                pair.failure().getMessage());
    }

    @Test
    void aLoopThatIsClosedWhileTheExecutorWorksFailsTheHandshake() {
        pair.begin();
        pair.below.end(new IOException("The event loop is closed"));
        pair.loop.reject();

        pair.executor.runAll();

        assertEquals(
                "the connection broke during the TLS handshake: The event loop is closed",
                pair.failure().getMessage());
    }

    @Test
    void anExecutorThatIsShutDownFailsTheHandshake() {
        pair.executor.reject();

        pair.begin();
        pair.run();

        assertEquals("the TLS handshake failed: shut down", pair.failure().getMessage());
    }

    @Test
    void aServerThatFloodsTheHandshakeIsStoppedWhileTheExecutorWorks() {
        pair.begin();
        for (int i = 0; i < 10; i++) {
            pair.below.deliver(new byte[16_000]);
        }
        assertEquals(true, pair.below.isPaused());

        pair.settle();

        assertEquals(Reason.NOT_TLS, pair.failure().reason());
    }

    private void answered(byte[] answer) {
        pair.begin();
        pair.run();
        pair.below.takeSent();
        pair.below.deliver(answer);
        pair.run();
    }
}
