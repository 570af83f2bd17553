package io.martlet.samples.fetch.input;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A line of the input that is to be fetched.
 *
 * @param index      its place among all, from 0, those included that earlier runs have done
 * @param text       a URL, or more of it as JSON
 * @param occurrence which it is of those with the same text, from 1; 1 for all where nobody counts
 */
public record InputLine(long index, String text, int occurrence) {
    /** Gives each line its number, as it is asked for. */
    public static Stream<InputLine> number(Iterator<String> lines) {
        return number(lines, text -> 1);
    }

    /** Gives each line its number and, by {@code count}, its occurrence, as it is asked for. */
    public static Stream<InputLine> number(Iterator<String> lines, ToIntFunction<String> count) {
        AtomicLong index = new AtomicLong();
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED), false)
                .map(text -> new InputLine(index.getAndIncrement(), text, count.applyAsInt(text)));
    }
}
