/**
 * The fetch on many machines: a job of Apache Flink whose asynchronous operator takes the futures of
 * {@code io.martlet.async}.
 *
 * <p>{@code FlinkFetch} starts it, {@code FetchArguments} says what is wanted, {@code FetchJob} is its way from the
 * files of URLs ({@code UrlLineFormat}) to the files of results ({@code ResultLine}); in between, {@code FetchFunction}
 * has a session in each slot, as {@code FetchSettings} describe it, and {@code UrlFetch} makes one request.
 */
@NullMarked
package io.martlet.samples.flink;

import org.jspecify.annotations.NullMarked;
