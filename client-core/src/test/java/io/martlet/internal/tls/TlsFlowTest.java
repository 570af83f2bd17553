package io.martlet.internal.tls;

import static io.martlet.internal.tls.TlsDataTest.concat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Back-pressure both ways, and the buffers that it costs. */
class TlsFlowTest {
    private static final int RECORD = 16_384;

    private final TlsPair pair = TlsPair.open("TLSv1.3");

    @Test
    void aServerThatStopsReadingCostsOneRecord() {
        pair.below.room(0);

        int taken = pair.write(TlsPair.data(100_000));
        assertTrue(taken > 0 && taken <= RECORD, "took " + taken);
        assertEquals(0, pair.write(TlsPair.data(100_000)));
        assertEquals("TlsTransport[open TLSv1.3, holds 24576 bytes]", pair.client.toString());
    }

    @Test
    void theWriterIsToldOnceWhenThereIsRoomAgain() {
        byte[] data = TlsPair.data(40_000);
        pair.below.room(100);
        int taken = pair.write(data);
        pair.client.awaitWritable();
        pair.client.awaitWritable();

        pair.below.room(1_000);
        assertEquals(List.of(), pair.heard.events(), "the record was not yet out");
        pair.below.room(Long.MAX_VALUE);
        assertEquals(List.of("writable"), pair.heard.events());

        pair.write(Arrays.copyOfRange(data, taken, data.length));
        pair.settle();
        assertArrayEquals(data, pair.server.received());
        assertEquals(List.of("writable"), pair.heard.events());
    }

    @Test
    void whatWasTakenGoesOutWithoutBeingAskedForAgain() {
        pair.below.room(10);
        assertEquals(1_000, pair.write(TlsPair.data(1_000)));

        pair.below.room(Long.MAX_VALUE);
        pair.settle();

        assertArrayEquals(TlsPair.data(1_000), pair.server.received());
        assertEquals(List.of(), pair.heard.events());
        assertEquals("TlsTransport[open TLSv1.3, holds 0 bytes]", pair.client.toString());
    }

    @Test
    void closingSendsWhatWasTakenFirst() {
        pair.below.room(10);
        pair.write(TlsPair.data(1_000));

        pair.client.close();
        assertEquals("", pair.below.closedBy());
        pair.below.room(Long.MAX_VALUE);
        pair.settle();

        assertEquals("close", pair.below.closedBy());
        assertArrayEquals(TlsPair.data(1_000), pair.server.received());
        assertEquals(true, pair.server.sawCloseNotify());
        assertEquals(List.of("ended"), pair.heard.events());
    }

    @Test
    void abortingDoesNotWaitForAServerThatStoppedReading() {
        pair.below.room(10);
        pair.write(TlsPair.data(1_000));

        pair.client.close();
        pair.client.abort();
        pair.settle();

        assertEquals("abort", pair.below.closedBy());
        assertEquals("TlsTransport[closed TLSv1.3, holds 0 bytes]", pair.client.toString());
    }

    @Test
    void aWriteThatFailsBelowFailsAbove() {
        IOException broken = new IOException("Broken pipe");
        pair.below.breakWrites(broken);

        ByteBuffer source = ByteBuffer.allocate(1);
        assertSame(broken, assertThrows(IOException.class, () -> pair.client.write(source)));
    }

    @Test
    void whatIsStuckWhenWritingFailsLaterEndsTheConnection() {
        pair.below.room(10);
        pair.write(TlsPair.data(1_000));
        IOException broken = new IOException("Broken pipe");
        pair.below.breakWrites(broken);

        pair.below.room(1);
        pair.settle();

        assertEquals(broken, pair.heard.cause());
        assertEquals("close", pair.below.closedBy());
    }

    @Test
    void whatArrivedIsReceivedThoughWritingFailed() {
        pair.below.room(10);
        pair.write(TlsPair.data(1_000));
        pair.below.breakWrites(new IOException("Broken pipe"));

        pair.below.room(1);
        byte[] rekeyed = pair.server.rekey();
        pair.deliver(concat(rekeyed, pair.server.encrypt(TlsPair.data(20))));
        pair.settle();

        assertEquals(List.of("received", "IOException"), pair.heard.events());
    }

    @Test
    void aServerThatTakesNothingIsNotWaitedForForEver() {
        pair.below.room(10);
        pair.write(TlsPair.data(1_000));
        pair.client.pauseReading();

        pair.client.close();
        assertEquals("", pair.below.closedBy());
        assertEquals(false, pair.below.isPaused(), "it may take nothing because nobody takes what it sends");
        pair.loop.expireAll();
        pair.settle();

        assertEquals("abort", pair.below.closedBy());
        assertEquals(List.of("ended"), pair.heard.events());
        assertEquals("TlsTransport[closed TLSv1.3, holds 0 bytes]", pair.client.toString());
    }

    @Test
    void aConnectionThatBreaksWhileItLingersIsAborted() {
        pair.below.room(10);
        pair.write(TlsPair.data(1_000));
        pair.client.close();
        pair.below.breakWrites(new IOException("Broken pipe"));

        pair.below.room(1);
        pair.settle();

        assertEquals("abort", pair.below.closedBy());
        assertEquals(List.of("ended"), pair.heard.events());
    }

    @Test
    void aSmallRequestIsOneWrite() {
        pair.below.writes().clear();

        pair.write(TlsPair.data(300));

        assertEquals(1, pair.below.writes().size());
    }

    @Test
    void aLoopThatIsClosedTellsTheEndToWhoeverResumes() {
        pair.heard.onBytes(pair.client::pauseReading);
        pair.deliver(concat(pair.server.encrypt(TlsPair.data(10)), pair.server.encrypt(TlsPair.data(20))));
        IOException closed = new IOException("The event loop is closed");
        pair.below.end(closed);
        pair.loop.reject();

        pair.client.resumeReading();
        pair.client.resumeReading();

        assertEquals(List.of("received", "received", "IOException"), pair.heard.events());
        assertSame(closed, pair.heard.cause());
    }

    @Test
    void aPausedListenerHearsNothingMore() {
        byte[] three = concat(
                pair.server.encrypt(TlsPair.data(10)),
                pair.server.encrypt(TlsPair.data(20)),
                pair.server.encrypt(TlsPair.data(30)));
        pair.heard.onBytes(pair.client::pauseReading);

        pair.deliver(three);
        assertEquals(10, pair.heard.bytes().length);
        assertEquals(true, pair.below.isPaused());

        pair.client.resumeReading();
        pair.run();
        assertEquals(30, pair.heard.bytes().length);
        assertEquals(true, pair.below.isPaused());

        pair.heard.onBytes(() -> {});
        pair.client.resumeReading();
        pair.run();
        assertEquals(60, pair.heard.bytes().length);
        assertEquals(false, pair.below.isPaused());
        assertEquals("TlsTransport[open TLSv1.3, holds 0 bytes]", pair.client.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatArrivedBeforeTheEndWaitsForAPausedListener(boolean orderly) {
        byte[] records = concat(
                pair.server.encrypt(TlsPair.data(10)),
                pair.server.encrypt(TlsPair.data(20)),
                orderly ? pair.server.closeNotify() : new byte[0]);
        pair.heard.onBytes(pair.client::pauseReading);

        pair.deliver(records);
        pair.below.end(null);
        pair.run();
        assertEquals(List.of("received"), pair.heard.events());

        pair.client.resumeReading();
        pair.client.resumeReading();
        pair.run();
        pair.client.resumeReading();
        pair.run();
        assertEquals(List.of("received", "received", orderly ? "ended" : "TlsTruncatedException"), pair.heard.events());
    }

    @Test
    void nothingIsReadBeforeTheListenerIsThere() {
        TlsPair early = TlsPair.of(new EngineServer(TestCertificate.LOCALHOST)).handshake();
        assertEquals(true, early.below.isPaused());

        early.client.start(early.heard);
        early.run();

        assertEquals(false, early.below.isPaused());
    }

    @Test
    void anIdleConnectionHoldsNoBuffer() {
        assertEquals("TlsTransport[open TLSv1.3, holds 0 bytes]", pair.client.toString());

        byte[] record = pair.server.encrypt(TlsPair.data(1_000));
        pair.deliver(Arrays.copyOf(record, 500));
        assertEquals("TlsTransport[open TLSv1.3, holds 24576 bytes]", pair.client.toString());

        pair.deliver(Arrays.copyOfRange(record, 500, record.length));
        pair.write(TlsPair.data(100_000));
        assertEquals("TlsTransport[open TLSv1.3, holds 0 bytes]", pair.client.toString());
    }

    @Test
    void aLargeDeliveryIsDecryptedAtOnce() {
        byte[] records = pair.server.encrypt(TlsPair.data(10 * RECORD));

        pair.below.deliver(records);

        assertArrayEquals(TlsPair.data(10 * RECORD), pair.heard.bytes());
        assertTrue(pair.client.toString().contains("holds 0 bytes"));
    }
}
