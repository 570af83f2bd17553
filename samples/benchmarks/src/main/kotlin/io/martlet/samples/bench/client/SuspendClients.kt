package io.martlet.samples.bench.client

import kotlinx.coroutines.suspendCancellableCoroutine
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException

/** A client that suspends until the answer is there. */
public interface SuspendClient : AutoCloseable {
    /** Makes one exchange and returns when the body is complete and was found right. */
    public suspend fun run(exchange: Exchange)
}

/** Opens clients that suspend. */
public object SuspendClients {
    /**
     * A new client of [library]: its own suspending calls where it has them, otherwise its callbacks, awaited.
     *
     * @param inFlight how many requests there will be at once; limits are raised to it
     */
    @JvmStatic
    public fun open(library: Library, inFlight: Int): SuspendClient = when (library) {
        Library.MARTLET -> MartletSuspending(inFlight, null)
        Library.KTOR_CIO -> KtorPeer(inFlight)
        else -> Awaited(CallbackClients.open(library, Mode.FUTURE, inFlight))
    }

    /** Martlet over an engine that answers from memory. */
    @JvmStatic
    public fun inMemory(bodyBytes: Int): SuspendClient = MartletSuspending(0, memoryEngine(bodyBytes))
}

private class Awaited(private val client: CallbackClient) : SuspendClient {
    override suspend fun run(exchange: Exchange) = suspendCancellableCoroutine { waiting ->
        client.start(
            exchange,
            object : Answer {
                override fun done(status: Int, bytes: Long) {
                    val checked = runCatching { exchange.check(status, bytes) }
                    checked.fold(waiting::resume, waiting::resumeWithException)
                }

                override fun checked() = waiting.resume(Unit)

                override fun failed(failure: Throwable) = waiting.resumeWithException(failure)
            },
        )
    }

    override fun close() = client.close()
}
