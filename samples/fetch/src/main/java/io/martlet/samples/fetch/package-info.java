/**
 * The command line: {@code martlet fetch} and {@code martlet serve}.
 *
 * <p>{@code Main} starts it. A run of {@code fetch} goes through few hands: {@code FetchCommand} checks the arguments,
 * {@code FetchRun} leads, {@code OrderedRun} keeps the order and the limits, {@code Fetcher} makes one request,
 * {@code Report} prints. Everything that is HTTP is done by {@code io.martlet.async}.
 */
@NullMarked
package io.martlet.samples.fetch;

import org.jspecify.annotations.NullMarked;
