package io.martlet.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapTest {
    private static final class Number extends Heap.Node {}

    private final Heap<Number> heap = new Heap<>();

    @Test
    void anEmptyHeapHasNoFirst() {
        assertNull(heap.first());
    }

    @Test
    void ranksAreComparedAcrossAnOverflow() {
        Number before = insert(Long.MAX_VALUE - 1);
        Number after = insert(Long.MIN_VALUE + 1);

        assertSame(before, heap.first());
        heap.remove(before);
        assertSame(after, heap.first());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theFirstIsTheLowestWhateverWasInsertedAndRemoved(long seed) {
        Random random = new Random(seed);
        List<Number> inside = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            if (inside.isEmpty() || random.nextInt(5) > 1) {
                inside.add(insert(random.nextInt(1_000)));
            } else {
                Number any = inside.remove(random.nextInt(inside.size()));
                heap.remove(any);
                assertFalse(any.isInHeap());
            }
            assertEquals(lowest(inside), heap.first() == null ? -1 : heap.first().rank);
        }
        for (long rank : inside.stream().mapToLong(n -> n.rank).sorted().toArray()) {
            assertEquals(rank, heap.first().rank);
            heap.remove(heap.first());
        }
        assertNull(heap.first());
    }

    private static long lowest(List<Number> numbers) {
        return numbers.stream()
                .min(Comparator.comparingLong(n -> n.rank))
                .map(n -> n.rank)
                .orElse(-1L);
    }

    private Number insert(long rank) {
        Number number = new Number();
        number.rank = rank;
        heap.insert(number);
        return number;
    }
}
