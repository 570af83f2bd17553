package io.martlet

import io.martlet.internal.HostWindow
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.sync.Semaphore

/** The loop under all gathering: takes an element only once there is room for it, and returns when all are done. */
internal suspend fun <T> Flow<T>.inWindow(concurrency: Int, action: suspend (Long, T) -> Unit) {
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
                all.endingWith { action(index, element) }
                // Not where it failed: all ends then, and no further element is to be taken.
                window.release()
            }
            window.acquire()
        }
    }
}

/** The same as [options] say; [action] returns what came of it. */
internal suspend fun <T> Flow<T>.inWindow(options: GatherOptions<in T>, action: suspend (Long, T) -> Any?) {
    val tally = GatherTally.of(options)
    val counted: suspend (Long, T) -> Unit = { index, element ->
        if (tally == null) action(index, element) else tally.counting { action(index, element) }
    }
    if (options.perHost == 0) inWindow(options.concurrency, counted) else inHostWindow(options, counted)
    tally?.tell()
}

private inline fun GatherTally.counting(action: () -> Any?) {
    begun()
    val result = try {
        action()
    } catch (e: CancellationException) {
        cancelled()
        throw e
    } catch (e: Throwable) {
        runCatching { failed() }.onFailure(e::addSuppressed)
        throw e
    }
    ended(result)
}

/** What runs, and where its results belong. */
private class Held<T>(val index: Long, val element: T, val host: String)

/** The loop where hosts have limits of their own: whose host is busy is held, and begins where one of that host ends. */
private suspend fun <T> Flow<T>.inHostWindow(options: GatherOptions<in T>, action: suspend (Long, T) -> Unit) {
    val window = HostWindow<Held<T>>(options.concurrency, options.perHost, options.lookAhead)
    val room = Channel<Unit>(Channel.CONFLATED)
    coroutineScope {
        val all = this
        var index = 0L
        collect { element ->
            val taken = Held(index++, element, options.hostOf(element))
            if (window.take(taken.host, taken)) {
                async {
                    var next: Held<T>? = taken
                    while (next != null) {
                        val current = next
                        all.endingWith { action(current.index, current.element) }
                        next = window.next(current.host)
                        if (window.hasRoom()) room.trySend(Unit)
                    }
                }
            }
            while (!window.hasRoom()) room.receive()
        }
    }
}

/** Runs [action] in this scope, which ends when it fails, however it does. */
private suspend inline fun CoroutineScope.endingWith(action: () -> Unit) {
    try {
        action()
    } catch (e: CancellationException) {
        currentCoroutineContext().ensureActive()
        // A time limit that the action set for itself. The scope would take it for an end like any other.
        cancel(e)
        throw e
    }
}

internal fun requirePositive(concurrency: Int) =
    require(concurrency > 0) { "concurrency must be positive, and is $concurrency" }
