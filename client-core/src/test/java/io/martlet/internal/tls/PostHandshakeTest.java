package io.martlet.internal.tls;

import static io.martlet.internal.tls.TlsDataTest.concat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PostHandshakeTest {
    @Test
    void keysMayBeUpdatedAmidData() {
        TlsPair pair = TlsPair.open("TLSv1.3");
        int expected = 0;

        for (int i = 0; i < 100; i++) {
            pair.send(TlsPair.data(1_000));
            pair.deliver(pair.server.rekey());
            pair.settle();
            pair.send(TlsPair.data(1_000));
            pair.write(TlsPair.data(1_000));
            pair.settle();
            expected += 1_000;
        }

        assertEquals(2 * expected, pair.heard.bytes().length);
        assertEquals(expected, pair.server.received().length);
        assertEquals("TlsTransport[open TLSv1.3, holds 0 bytes]", pair.client.toString());
    }

    @Test
    void theAnswerToAKeyUpdateWaitsForRoomAndGoesAheadOfData() {
        TlsPair pair = TlsPair.open("TLSv1.3");
        pair.below.room(10);
        pair.write(TlsPair.data(1_000));

        pair.deliver(pair.server.rekey());
        pair.send(TlsPair.data(500));
        assertEquals(500, pair.heard.bytes().length, "reading does not wait for writing");

        pair.below.room(Long.MAX_VALUE);
        pair.write(TlsPair.data(1_000));
        pair.settle();
        assertArrayEquals(concat(TlsPair.data(1_000), TlsPair.data(1_000)), pair.server.received());
        assertEquals(null, pair.server.failure());
    }

    @Test
    void aFloodOfKeyUpdatesEndsTheConnection() {
        TlsPair pair = TlsPair.open("TLSv1.3");
        pair.send(TlsPair.data(1));
        for (int i = 0; i < 32; i++) {
            pair.deliver(pair.server.rekey());
            pair.settle();
        }
        assertEquals("open", pair.heard.end());

        pair.deliver(pair.server.rekey());

        assertEquals("SSLException", pair.heard.end());
        assertEquals(
                "a TLS record is damaged, or against the protocol: the server sent 33 TLS messages in a row without any data",
                pair.heard.cause().getMessage());
    }

    @Test
    void aRenegotiationIsRefused() {
        TlsPair pair = TlsPair.open("TLSv1.2");
        pair.send(TlsPair.data(5));

        pair.deliver(pair.server.rekey());
        pair.settle();

        assertEquals(List.of("received", "SSLException"), pair.heard.events());
        assertEquals(
                "the server asked for a TLS renegotiation, which is refused",
                pair.heard.cause().getMessage());
        assertEquals("close", pair.below.closedBy());
    }
}
