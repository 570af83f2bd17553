package io.martlet

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.channelFlow

/** How many run at once unless `concurrency` says otherwise: as many as a session has connections by default. */
public const val DEFAULT_CONCURRENCY: Int = 100

/**
 * Runs [action] for each element, at most [concurrency] at once, and returns the results in the order of the elements.
 *
 * The first failure cancels the rest and is thrown; cancelling the caller cancels all. Elements are taken only when there
 * is room to run them, so the source may be slow, or endless. Actions run in the caller's context.
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
 * Runs [action] for each element as [options] say: how many at once, in all and per host, and who is told about the
 * progress. Otherwise as the `gather` above.
 *
 * ```
 * urls.gather(GatherOptions.builder<String>().concurrency(50).perHost(4).build()) { session.get(it) }
 * ```
 */
public suspend fun <T, R> Flow<T>.gather(options: GatherOptions<in T>, action: suspend (T) -> R): List<R> {
    val results = Slots<R>()
    inWindow(options) { index, element -> action(element).also { results[index] = it } }
    return results.toList()
}

/** As the [Flow]'s `gather`; the total is that of a collection. */
public suspend fun <T, R> Iterable<T>.gather(options: GatherOptions<in T>, action: suspend (T) -> R): List<R> =
    asFlow().gather(options.countedBy(this), action)

/** As the [Flow]'s `gather`. */
public suspend fun <T, R> Sequence<T>.gather(options: GatherOptions<in T>, action: suspend (T) -> R): List<R> =
    asFlow().gather(options, action)

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

/** As the `gatherOutcomes` above, as [options] say. */
public suspend fun <T, R> Flow<T>.gatherOutcomes(
    options: GatherOptions<in T>,
    action: suspend (T) -> R,
): List<Outcome<R>> {
    val outcomes = Slots<Outcome<R>>()
    inWindow(options) { index, element -> outcomeOf(index, element, action).also { outcomes[index] = it } }
    return outcomes.toList()
}

/** As the [Flow]'s `gatherOutcomes`; the total is that of a collection. */
public suspend fun <T, R> Iterable<T>.gatherOutcomes(
    options: GatherOptions<in T>,
    action: suspend (T) -> R,
): List<Outcome<R>> = asFlow().gatherOutcomes(options.countedBy(this), action)

/** As the [Flow]'s `gatherOutcomes`. */
public suspend fun <T, R> Sequence<T>.gatherOutcomes(
    options: GatherOptions<in T>,
    action: suspend (T) -> R,
): List<Outcome<R>> = asFlow().gatherOutcomes(options, action)

/**
 * A flow of outcomes in the order in which they complete; [Outcome.index] says which element each belongs to.
 *
 * Nothing runs before the flow is collected. A slow collector slows the work down: no more than
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

/** As the `asCompleted` above, as [options] say. An element that is put aside for its host has not started yet. */
public fun <T, R> Flow<T>.asCompleted(options: GatherOptions<in T>, action: suspend (T) -> R): Flow<Outcome<R>> {
    val elements = this
    return channelFlow {
        elements.inWindow(options) { index, element -> outcomeOf(index, element, action).also { send(it) } }
    }.buffer(0)
}

/** As the [Flow]'s `asCompleted`; the total is that of a collection. */
public fun <T, R> Iterable<T>.asCompleted(options: GatherOptions<in T>, action: suspend (T) -> R): Flow<Outcome<R>> =
    asFlow().asCompleted(options.countedBy(this), action)

/** As the [Flow]'s `asCompleted`. */
public fun <T, R> Sequence<T>.asCompleted(options: GatherOptions<in T>, action: suspend (T) -> R): Flow<Outcome<R>> =
    asFlow().asCompleted(options, action)

private fun <T> GatherOptions<in T>.countedBy(elements: Iterable<T>): GatherOptions<in T> =
    if (elements is Collection) counting(elements.size.toLong()) else this

private suspend fun <T, R> outcomeOf(index: Long, element: T, action: suspend (T) -> R): Outcome<R> = try {
    Outcome.Success(index, action(element))
} catch (e: CancellationException) {
    // Cancelled from outside, or just a time limit that the action set for itself?
    currentCoroutineContext().ensureActive()
    Outcome.Failure(index, e)
} catch (e: Exception) {
    Outcome.Failure(index, e)
}

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
