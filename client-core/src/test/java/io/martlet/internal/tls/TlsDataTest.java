package io.martlet.internal.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsDataTest {
    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, 1",
        "TLSv1.3, 163",
        "TLSv1.3, 16384",
        "TLSv1.3, 16385",
        "TLSv1.3, 300000",
        "TLSv1.2, 1",
        "TLSv1.2, 300000"
    })
    void dataOfAnyLengthGoesBothWays(String protocol, int length) {
        TlsPair pair = TlsPair.open(protocol);

        assertEquals(length, pair.write(TlsPair.data(length)));
        pair.settle();
        pair.send(TlsPair.data(length));

        assertArrayEquals(TlsPair.data(length), pair.server.received());
        assertArrayEquals(TlsPair.data(length), pair.heard.bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void dataMayArriveOneByteAtATime(String protocol) {
        TlsPair pair = TlsPair.open(protocol);
        pair.cut = TlsPair::bytewise;

        pair.send(TlsPair.data(2_000));

        assertArrayEquals(TlsPair.data(2_000), pair.heard.bytes());
        assertEquals("TlsTransport[open " + protocol + ", holds 0 bytes]", pair.client.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void dataMayBeCutAnywhere(String protocol) {
        TlsPair pair = TlsPair.open(protocol);
        byte[] expected = new byte[0];
        for (int at = 1; at < 360; at++) {
            int offset = at;
            pair.cut = bytes -> TlsPair.split(bytes, offset);
            byte[] before = expected;
            expected = Arrays.copyOf(before, before.length + 300);
            System.arraycopy(TlsPair.data(300), 0, expected, before.length, 300);

            // Three records in one delivery, cut in two.
            byte[] records = concat(
                    pair.server.encrypt(TlsPair.data(100)),
                    pair.server.encrypt(Arrays.copyOfRange(TlsPair.data(300), 100, 101)),
                    pair.server.encrypt(Arrays.copyOfRange(TlsPair.data(300), 101, 300)));
            pair.deliver(records);

            assertArrayEquals(expected, pair.heard.bytes());
        }
    }

    @Test
    void recordsCutAtRandomArriveWhole() {
        TlsPair pair = TlsPair.open("TLSv1.3");
        Random random = new Random(7);
        pair.cut = bytes -> {
            List<byte[]> pieces = new ArrayList<>();
            for (int at = 0; at < bytes.length; ) {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(40_000));
                pieces.add(Arrays.copyOfRange(bytes, at, end));
                at = end;
            }
            return pieces;
        };

        pair.send(TlsPair.data(2_000_000));

        assertArrayEquals(TlsPair.data(2_000_000), pair.heard.bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void theServersCloseNotifyIsAnOrderlyEnd(String protocol) {
        TlsPair pair = TlsPair.open(protocol);
        pair.send(TlsPair.data(10));

        pair.deliver(pair.server.closeNotify());
        pair.settle();

        assertEquals("ended", pair.heard.end());
        assertEquals(1, pair.heard.deliveries());
        assertEquals(true, pair.server.sawCloseNotify());
        assertEquals("close", pair.below.closedBy());
        assertEquals(false, pair.client.isOpen());
        assertThrows(ClosedChannelException.class, () -> pair.client.write(ByteBuffer.allocate(1)));
    }

    @Test
    void whatFollowsCloseNotifyIsIgnored() {
        TlsPair pair = TlsPair.open("TLSv1.3");

        pair.deliver(concat(pair.server.closeNotify(), TlsPair.data(100)));
        pair.below.end(new IOException("Connection reset"));
        pair.settle();

        assertEquals(List.of("ended"), pair.heard.events());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void anEndWithoutCloseNotifyIsATruncationWhereverItCuts(String protocol) {
        TlsPair first = TlsPair.open(protocol);
        int length = first.server.encrypt(TlsPair.data(200)).length;
        for (int at = 0; at <= 2 * length; at += 13) {
            TlsPair pair = TlsPair.open(protocol);
            byte[] records = concat(pair.server.encrypt(TlsPair.data(200)), pair.server.encrypt(TlsPair.data(200)));

            pair.deliver(Arrays.copyOf(records, at));
            pair.below.end(null);
            pair.run();

            assertEquals(200 * (at / length), pair.heard.bytes().length);
            assertEquals("TlsTruncatedException", pair.heard.end());
            assertEquals("TlsTransport[closed " + protocol + ", holds 0 bytes]", pair.client.toString());
        }
    }

    @Test
    void aResetIsToldAsItIs() {
        TlsPair pair = TlsPair.open("TLSv1.3");
        IOException reset = new IOException("Connection reset");
        pair.send(TlsPair.data(10));

        pair.below.end(reset);

        assertEquals(10, pair.heard.bytes().length);
        assertSame(reset, pair.heard.cause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aDamagedRecordIsAnErrorWhicheverItIs(String protocol) {
        for (int damaged = 0; damaged < 5; damaged++) {
            TlsPair pair = TlsPair.open(protocol);
            for (int i = 0; i < 5; i++) {
                byte[] record = pair.server.encrypt(TlsPair.data(100));
                record[i == damaged ? record.length / 2 : 0] ^= (byte) (i == damaged ? 1 : 0);
                pair.deliver(record);
            }
            pair.settle();

            assertEquals(100 * damaged, pair.heard.bytes().length);
            assertEquals("SSLException", pair.heard.end());
            assertTrue(
                    pair.heard.cause().getMessage().startsWith("a TLS record is damaged, or against the protocol: "));
            assertEquals("close", pair.below.closedBy());
            assertTrue(pair.server.failure().getMessage().contains("bad_record_mac"), "the server heard no alert");
        }
    }

    @Test
    void anyDamagedByteOfARecordIsAnError() {
        int length = TlsPair.open("TLSv1.3").server.encrypt(TlsPair.data(20)).length;
        for (int at = 0; at < length; at++) {
            TlsPair pair = TlsPair.open("TLSv1.3");
            byte[] record = pair.server.encrypt(TlsPair.data(20));
            // RFC 8446 §5.1: the version in bytes 1 and 2 "MUST be ignored for all purposes".
            record[at == 1 || at == 2 ? 0 : at] ^= 0x40;

            pair.deliver(record);
            pair.below.end(null);
            pair.run();

            // A length that is too long waits for bytes that never come.
            String end = at == 3 || at == 4 ? "TlsTruncatedException" : "SSLException";
            assertEquals(List.of(end), pair.heard.events(), "byte " + at);
        }
    }

    @Test
    void aRepeatedRecordIsAnError() {
        TlsPair pair = TlsPair.open("TLSv1.3");
        byte[] record = pair.server.encrypt(TlsPair.data(20));

        pair.deliver(record.clone());
        pair.deliver(record.clone());

        assertEquals(List.of("received", "SSLException"), pair.heard.events());
    }

    @Test
    void aFatalAlertOfTheServerIsTold() {
        TlsPair pair = TlsPair.open("TLSv1.2");
        // The server finds the client's record damaged.
        pair.write(TlsPair.data(10));
        byte[] record = pair.below.takeSent();
        record[record.length - 1] ^= 1;

        pair.deliver(pair.server.handle(record));

        assertEquals(
                "the server ended the connection with TLS alert bad_record_mac",
                pair.heard.cause().getMessage());
    }

    @Test
    void closingSaysGoodbyeAndWaitsForNothing() {
        TlsPair pair = TlsPair.open("TLSv1.3");
        pair.write(TlsPair.data(10));

        pair.client.close();

        assertEquals("close", pair.below.closedBy());
        pair.settle();
        assertEquals(10, pair.server.received().length);
        assertEquals(true, pair.server.sawCloseNotify());
        assertEquals(List.of("ended"), pair.heard.events());
    }

    @Test
    void abortingSaysNothing() {
        TlsPair pair = TlsPair.open("TLSv1.3");

        pair.client.abort();
        pair.client.close();
        pair.settle();

        assertEquals("abort", pair.below.closedBy());
        assertEquals(false, pair.server.engine().isInboundDone());
        assertEquals(List.of("ended"), pair.heard.events());
        assertThrows(ClosedChannelException.class, () -> pair.client.write(ByteBuffer.allocate(1)));
    }

    @Test
    void nothingIsDeliveredAfterClosing() {
        TlsPair pair = TlsPair.open("TLSv1.3");
        pair.heard.onBytes(pair.client::close);

        pair.deliver(concat(pair.server.encrypt(TlsPair.data(5)), pair.server.encrypt(TlsPair.data(5))));
        pair.settle();

        assertEquals(List.of("received", "ended"), pair.heard.events());
    }

    @Test
    void whatAListenerThrowsBreaksTheConnection() {
        TlsPair pair = TlsPair.open("TLSv1.3");
        IllegalStateException bug = new IllegalStateException("bug");
        pair.heard.onBytes(() -> {
            throw bug;
        });

        pair.send(TlsPair.data(5));
        pair.settle();

        assertEquals(List.of("received", "IOException"), pair.heard.events());
        assertSame(bug, pair.heard.cause().getCause());
        assertEquals("close", pair.below.closedBy());
    }

    @Test
    void anErrorOfAListenerBreaksTheConnectionToo() {
        TlsPair pair = TlsPair.open("TLSv1.3");
        pair.heard.onBytes(() -> {
            throw new AssertionError("bug");
        });

        pair.send(TlsPair.data(5));
        pair.settle();

        assertEquals(List.of("received", "IOException"), pair.heard.events());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1703034fff", "170303ffff"})
    void aRecordLongerThanAnyIsRefusedAtItsHeader(String header) {
        TlsPair pair = TlsPair.open("TLSv1.3");

        pair.deliver(HexFormat.of().parseHex(header));

        assertEquals(List.of("SSLException"), pair.heard.events());
    }

    @Test
    void theEndIsKeptForAListenerThatComesLate() {
        TlsPair pair = TlsPair.of(new EngineServer(TestCertificate.LOCALHOST)).handshake();
        pair.deliver(concat(pair.server.encrypt(TlsPair.data(5)), pair.server.closeNotify()));
        pair.below.end(null);
        pair.settle();

        pair.client.start(pair.heard);
        pair.settle();

        assertEquals(List.of("received", "ended"), pair.heard.events());
    }

    static byte[] concat(byte[]... parts) {
        ByteBuffer all =
                ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
