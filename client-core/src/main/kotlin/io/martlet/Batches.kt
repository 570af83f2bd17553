package io.martlet

import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlin.time.Duration

/**
 * Runs [action] for [size] elements at once, waits until all of them have ended, then for [pause], and continues with the
 * next [size]. Returns the results in the order of the elements.
 *
 * Batches are for servers that ask for them. Each batch waits for its slowest element, so [gather], whose window slides, is
 * done sooner at the same load. To spread requests evenly over time, use a rate limit.
 *
 * The first failure cancels the rest of its batch and is thrown; cancelling the caller cancels all. The elements of a batch
 * are taken when the one before has ended.
 *
 * @param pause how long to wait between two batches. Default: zero
 * @throws IllegalArgumentException if [size] is not positive, or [pause] negative
 */
public suspend fun <T, R> Flow<T>.batches(
    size: Int,
    pause: Duration = Duration.ZERO,
    action: suspend (T) -> R,
): List<R> {
    require(size > 0) { "size must be positive, and is $size" }
    require(!pause.isNegative()) { "pause must not be negative, and is $pause" }
    val results = ArrayList<R>()
    val batch = ArrayList<T>()

    suspend fun run() {
        if (results.isNotEmpty()) delay(pause)
        results += batch.gather(size, action)
        batch.clear()
    }
    collect {
        batch += it
        if (batch.size == size) run()
    }
    if (batch.isNotEmpty()) run()
    return results
}

/** As the [Flow]'s `batches`. */
public suspend fun <T, R> Iterable<T>.batches(
    size: Int,
    pause: Duration = Duration.ZERO,
    action: suspend (T) -> R,
): List<R> = asFlow().batches(size, pause, action)

/** As the [Flow]'s `batches`. */
public suspend fun <T, R> Sequence<T>.batches(
    size: Int,
    pause: Duration = Duration.ZERO,
    action: suspend (T) -> R,
): List<R> = asFlow().batches(size, pause, action)
