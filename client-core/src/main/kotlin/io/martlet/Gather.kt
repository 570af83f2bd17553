package io.martlet

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.sync.Semaphore

/** How many run at once unless `concurrency` says otherwise: as many as a session has connections by default. */
public const val DEFAULT_CONCURRENCY: Int = 100

/**
 * Runs [action] for each element, at most [concurrency] at once, and returns the results in the order of the elements.
 *
 * The first failure cancels the rest and is thrown; cancelling the caller cancels all. Elements are taken only when there
 * is room to run them, so that an endless or slow source is no burden. Actions run in the caller's context.
 *
 * @throws IllegalArgumentException if [concurrency] is not positive
 */
public suspend fun <T, R> Flow<T>.gather(
    concurrency: Int = DEFAULT_CONCURRENCY,
    action: suspend (T) -> R,
): List<R> {
    val results = Slots<R>()
    inWindow(concurrency) { index, element -> results[index] = action(element) }
    return results.toList()
}

/** As the [Flow]'s `gather`. */
public suspend fun <T, R> Iterable<T>.gather(
    concurrency: Int = DEFAULT_CONCURRENCY,
    action: suspend (T) -> R,
): List<R> = asFlow().gather(concurrency, action)

/** As the [Flow]'s `gather`. */
public suspend fun <T, R> Sequence<T>.gather(
    concurrency: Int = DEFAULT_CONCURRENCY,
    action: suspend (T) -> R,
): List<R> = asFlow().gather(concurrency, action)

/**
 * Runs [action] for each element, at most [concurrency] at once, and returns an [Outcome] for each in the order of the
 * elements. A failure is one of the outcomes and stops nothing; cancelling the caller cancels all.
 *
 * @throws IllegalArgumentException if [concurrency] is not positive
 */
public suspend fun <T, R> Flow<T>.gatherOutcomes(
    concurrency: Int = DEFAULT_CONCURRENCY,
    action: suspend (T) -> R,
): List<Outcome<R>> {
    val outcomes = Slots<Outcome<R>>()
    inWindow(concurrency) { index, element -> outcomes[index] = outcomeOf(index, element, action) }
    return outcomes.toList()
}

/** As the [Flow]'s `gatherOutcomes`. */
public suspend fun <T, R> Iterable<T>.gatherOutcomes(
    concurrency: Int = DEFAULT_CONCURRENCY,
    action: suspend (T) -> R,
): List<Outcome<R>> = asFlow().gatherOutcomes(concurrency, action)

/** As the [Flow]'s `gatherOutcomes`. */
public suspend fun <T, R> Sequence<T>.gatherOutcomes(
    concurrency: Int = DEFAULT_CONCURRENCY,
    action: suspend (T) -> R,
): List<Outcome<R>> = asFlow().gatherOutcomes(concurrency, action)

/**
 * A flow of outcomes in the order in which they come about; [Outcome.index] says which element each belongs to.
 *
 * Nothing runs before the flow is collected. A collector that falls behind holds the work back: no more than
 * [concurrency] elements are running or waiting to be collected.
 *
 * @throws IllegalArgumentException if [concurrency] is not positive
 */
public fun <T, R> Flow<T>.asCompleted(
    concurrency: Int = DEFAULT_CONCURRENCY,
    action: suspend (T) -> R,
): Flow<Outcome<R>> {
    requirePositive(concurrency)
    val elements = this
    return channelFlow {
        elements.inWindow(concurrency) { index, element -> send(outcomeOf(index, element, action)) }
    }.buffer(0)
}

/** As the [Flow]'s `asCompleted`. */
public fun <T, R> Iterable<T>.asCompleted(
    concurrency: Int = DEFAULT_CONCURRENCY,
    action: suspend (T) -> R,
): Flow<Outcome<R>> = asFlow().asCompleted(concurrency, action)

/** As the [Flow]'s `asCompleted`. */
public fun <T, R> Sequence<T>.asCompleted(
    concurrency: Int = DEFAULT_CONCURRENCY,
    action: suspend (T) -> R,
): Flow<Outcome<R>> = asFlow().asCompleted(concurrency, action)

/** The loop under all of the above: takes an element only once there is room for it, and returns when all are done. */
private suspend fun <T> Flow<T>.inWindow(concurrency: Int, action: suspend (Long, T) -> Unit) {
    requirePositive(concurrency)
    val window = Semaphore(concurrency)
    coroutineScope {
        val all = this
        var next = 0L
        window.acquire()
        collect { element ->
            val index = next++
            // Nobody awaits it: results have their own place, and the scope waits for the end and throws the first failure.
            async {
                try {
                    action(index, element)
                } catch (e: CancellationException) {
                    currentCoroutineContext().ensureActive()
                    // A time limit that the action set for itself. The scope would take it for an end like any other.
                    all.cancel(e)
                    throw e
                }
                // Not where it failed: all ends then, and no further element is to be taken.
                window.release()
            }
            window.acquire()
        }
    }
}

private suspend fun <T, R> outcomeOf(index: Long, element: T, action: suspend (T) -> R): Outcome<R> = try {
    Outcome.Success(index, action(element))
} catch (e: CancellationException) {
    // Cancelled from outside, or just a time limit that the action set for itself?
    currentCoroutineContext().ensureActive()
    Outcome.Failure(index, e)
} catch (e: Exception) {
    Outcome.Failure(index, e)
}

private fun requirePositive(concurrency: Int) =
    require(concurrency > 0) { "concurrency must be positive, and is $concurrency" }

/** A list that is filled in any order, by any thread. Results go here and not into a list of a million deferreds. */
private class Slots<R> {
    private val values = ArrayList<R?>()

    operator fun set(index: Long, value: R) = synchronized(values) {
        while (values.size <= index) values.add(null)
        values[Math.toIntExact(index)] = value
    }

    @Suppress("UNCHECKED_CAST")
    fun toList(): List<R> = synchronized(values) { values as List<R> }
}
