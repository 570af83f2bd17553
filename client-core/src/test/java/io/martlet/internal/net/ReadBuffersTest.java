package io.martlet.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadBuffersTest {
    private final ReadBuffers buffers = new ReadBuffers();

    @Test
    void aBufferThatNobodyKeepsIsUsedAgain() {
        ByteBuffer heap = buffers.heap();
        ByteBuffer direct = buffers.direct();
        heap.position(5);

        assertFalse(heap.isDirect());
        assertTrue(direct.isDirect());
        assertSame(heap, buffers.heap());
        assertSame(direct, buffers.direct());
        assertEquals(heap.capacity(), heap.remaining());
    }

    @Test
    void aBufferThatIsKeptIsNotUsedUntilItIsBack() {
        for (ByteBuffer first : new ByteBuffer[] {buffers.heap(), buffers.direct()}) {
            assertTrue(buffers.keep(first));
            ByteBuffer second = first.isDirect() ? buffers.direct() : buffers.heap();

            assertNotSame(first, second);
            assertFalse(buffers.keep(first), "kept already");

            buffers.giveBack(first);
            assertTrue(buffers.keep(second));
            assertSame(first, first.isDirect() ? buffers.direct() : buffers.heap());
        }
    }

    @Test
    void aBufferFromElsewhereIsNotKept() {
        buffers.heap();
        buffers.direct();

        assertFalse(buffers.keep(ByteBuffer.allocate(1)));
        assertFalse(buffers.keep(ByteBuffer.allocateDirect(1)));
    }

    @Test
    void directMemoryIsBounded() {
        Set<ByteBuffer> all = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ByteBuffer buffer = buffers.direct(); buffer.isDirect(); buffer = buffers.direct()) {
            assertTrue(all.add(buffer));
            assertTrue(buffers.keep(buffer));
        }

        assertEquals(64, all.size());
        all.forEach(buffers::giveBack);
        assertTrue(all.containsAll(Stream.generate(this::kept).limit(64).toList()));
        assertFalse(buffers.direct().isDirect(), "all are kept again");
    }

    private ByteBuffer kept() {
        ByteBuffer buffer = buffers.direct();
        buffers.keep(buffer);
        return buffer;
    }
}
