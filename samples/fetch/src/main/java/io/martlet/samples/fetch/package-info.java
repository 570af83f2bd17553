/**
 * The command {@code martlet}.
 *
 * <p>{@code Main} starts it: usual command lines of {@code fetch} at once ({@code QuickArguments}), others by picocli
 * ({@code Commands}). A run goes through few hands: {@code FetchCommand} checks the {@code options}, {@code run.FetchRun} leads
 * through the {@code input}, {@code run.Fetcher} makes one request, of which {@code trace} hears, {@code output} prints, and
 * {@code progress} tells. Imports run downward: the commands → {@code run}, {@code download} → {@code options} →
 * {@code output} → {@code report}, {@code progress}; {@code input} → {@code trace}; all → {@code values}, {@code text}.
 * Everything that is HTTP is done by {@code io.martlet.async}.
 */
@NullMarked
package io.martlet.samples.fetch;

import org.jspecify.annotations.NullMarked;
