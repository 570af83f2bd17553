package io.martlet.samples.fetch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChosenTest {
    @Test
    void theFirstAndTheSlowestAreThoseWhateverTheOrder() {
        List<Long> order = LongStream.range(0, 1_000).boxed().collect(Collectors.toList());
        Collections.shuffle(order, new Random(1));
        Chosen chosen = new Chosen();
        order.forEach(start -> chosen.add(Rows.ok("a", start, start * 7919 % 1_000)));
        assertEquals(
                LongStream.range(0, 50).boxed().toList(),
                chosen.first().stream().map(RequestRow::index).toList());
        assertEquals(
                LongStream.range(0, 50).mapToObj(i -> (999 - i) * Rows.MILLI).toList(),
                chosen.slowest().stream().map(RequestRow::nanos).toList());
    }

    @Test
    void fewAreAllChosen() {
        Chosen chosen = new Chosen();
        chosen.add(Rows.ok("a", 1, 5));
        chosen.add(Rows.ok("a", 0, 4));
        assertEquals(
                List.of(0L, 1L), chosen.first().stream().map(RequestRow::index).toList());
        assertEquals(
                List.of(1L, 0L),
                chosen.slowest().stream().map(RequestRow::index).toList());
    }
}
