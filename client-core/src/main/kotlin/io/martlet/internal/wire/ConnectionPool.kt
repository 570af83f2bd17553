package io.martlet.internal.wire

import io.martlet.config.ConnectorConfig
import io.martlet.error.ClientException.QueueFullException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.http.ClientRequest
import io.martlet.internal.http1.RequestHead.Persistence
import io.martlet.internal.net.EventLoop
import io.martlet.internal.net.Timer
import io.martlet.internal.pool.Actions
import io.martlet.internal.pool.Decision
import io.martlet.internal.pool.SlotBook
import io.martlet.internal.pool.SlotRules
import io.martlet.internal.pool.SlotStats
import kotlinx.coroutines.CancellableContinuation
import java.util.concurrent.RejectedExecutionException
import kotlin.coroutines.resume

/**
 * Lends connections, kept ones first. Who may have one [SlotBook] decides, under one short lock; this waits for what it
 * decides, and does it.
 */
internal class ConnectionPool(
    private val config: ConnectorConfig,
    private val opener: ConnectionOpener,
    private val waits: Waits,
) : ConnectionOwner,
    AutoCloseable {
    private val book = SlotBook<PoolKey, WireConnection, Waiter>(
        SlotRules(
            config.limit,
            config.limitPerHost,
            config.maxQueue,
            config.keepAlive,
            config.maxAge,
            config.forceClose,
        ),
    )
    private val lock = Any()
    private val sweeper = Sweeper()

    @Volatile
    private var closed = false

    /** A kept connection for [request], to be given back by its exchange; null if there is none. */
    fun reuse(request: ClientRequest): WireConnection? {
        val key = PoolKey.of(request.url)
        return synchronized(lock) { book.reuse(key, System.nanoTime()) }
    }

    /**
     * A connection for [request], to be given back by its exchange; waits for a slot, and opens one where none is kept.
     *
     * @param fresh whether it must be new
     */
    suspend fun acquire(request: ClientRequest, trace: Trace?, fresh: Boolean): WireConnection {
        val key = PoolKey.of(request.url)
        val waiter = Waiter(opener.anyLoop())
        val decision = decide { book.ask(key, waiter, System.nanoTime()) }
        val isKept = decision is Decision.Reuse && !fresh
        return if (isKept) decision.connection else wait(request, trace, key, waiter, decision, fresh)
    }

    private suspend fun wait(
        request: ClientRequest,
        trace: Trace?,
        key: PoolKey,
        first: Waiter,
        firstDecision: Decision<WireConnection>,
        fresh: Boolean,
    ): WireConnection {
        val limits = ConnectLimits(request)
        var waiter = first
        var decision = firstDecision
        while (true) {
            decision = when (decision) {
                is Decision.Open -> {
                    return open(request, key, limits, trace)
                }

                is Decision.Queued -> {
                    trace?.queued(usage(key))
                    awaitTurn(request, key, waiter, limits)
                    trace?.granted()
                    decide { book.take(waiter, System.nanoTime()) }
                }

                is Decision.Reuse -> {
                    val kept = decision.connection
                    if (!fresh) return kept
                    kept.discard()
                    // The one before has had its turn.
                    waiter = Waiter(opener.anyLoop())
                    decide { book.ask(key, waiter, System.nanoTime()) }
                }

                is Decision.QueueFull -> {
                    throw QueueFullException(request, config.maxQueue, usage(key))
                }

                else -> {
                    throw SessionClosedException(request)
                }
            }
        }
    }

    private suspend fun awaitTurn(request: ClientRequest, key: PoolKey, waiter: Waiter, limits: ConnectLimits) {
        var isGranted = false
        try {
            waits.await<Unit>(request, waiter.loop, limits.queue { usage(key) }) { waiter.await(it) }
            isGranted = true
        } finally {
            if (!isGranted) perform { book.cancel(waiter, System.nanoTime()) }
        }
    }

    private suspend fun open(
        request: ClientRequest,
        key: PoolKey,
        limits: ConnectLimits,
        trace: Trace?,
    ): WireConnection {
        var opened: WireConnection? = null
        try {
            val transport = opener.open(request, limits, trace)
            val persistence = if (config.forceClose) Persistence.CLOSE else Persistence.DEFAULT
            val connection = WireConnection(transport, config.limits, persistence, this)
            perform { book.opened(key, connection, System.nanoTime()) }
            opened = connection
            connection.start()
            return connection
        } finally {
            if (opened == null) perform { book.openFailed(key) }
        }
    }

    override fun release(connection: WireConnection, keepNanos: Long) {
        perform { book.release(connection, System.nanoTime(), keepNanos) }
        sweeper.watch()
    }

    override fun discard(connection: WireConnection) = perform { book.discard(connection) }

    override fun retire(connection: WireConnection) = perform { book.retire(connection) }

    private inline fun decide(ask: () -> Decision<WireConnection>): Decision<WireConnection> {
        val decision = synchronized(lock) { ask() }
        close(decision.toClose())
        return decision
    }

    private inline fun perform(tell: () -> Actions<WireConnection, Waiter>) {
        val actions = synchronized(lock) { tell() }
        close(actions.toClose)
        actions.granted?.wake()
    }

    private fun close(connections: List<WireConnection>) {
        for (connection in connections) {
            if (closed) connection.closeWithSession() else connection.close()
        }
    }

    /** What requests for [key] wait for, as errors say it. */
    private fun usage(key: PoolKey): String = synchronized(lock) { book.usage(key) }

    /** Ends every exchange and every wait, and refuses new ones. */
    override fun close() {
        closed = true
        waits.close()
        val closing = synchronized(lock) { book.closeAll() }
        closing.connections.forEach { it.closeWithSession() }
    }

    fun stats(): SlotStats = synchronized(lock) { book.stats() }

    /** As `3 of 100 in use, 7 waiting; 2 idle`. */
    override fun toString(): String {
        val now = stats()
        val limit = if (config.limit == 0) "unlimited" else config.limit
        return "${now.active() + now.opening()} of $limit in use, ${now.queued()} waiting; ${now.idle()} idle"
    }

    /** A request that may have to wait for a slot. */
    private class Waiter(val loop: EventLoop) {
        private var continuation: CancellableContinuation<Unit>? = null
        private var isGranted = false

        /** Has [continuation] resumed when it is this one's turn; perhaps it is already. */
        fun await(continuation: CancellableContinuation<Unit>) {
            val now = synchronized(this) {
                this.continuation = continuation
                isGranted
            }
            if (now) continuation.resume(Unit)
        }

        /**
         * Resumes it on its loop: never within what the one before was doing, who may be amid giving a connection back,
         * and never in a chain where each fails at once and passes its slot on.
         */
        fun wake() {
            val waiting = synchronized(this) {
                isGranted = true
                continuation
            } ?: return
            try {
                loop.execute { waiting.resume(Unit) }
            } catch (_: RejectedExecutionException) {
                // The engine is closed, which has ended this wait already.
            }
        }
    }

    /** Closes connections that were idle for too long: one timer, on one loop, armed while any is idle. */
    private inner class Sweeper : Timer() {
        private val home = opener.anyLoop()

        @Volatile
        private var isArmed = false

        fun watch() {
            if (!isArmed) arm()
        }

        @Synchronized
        private fun arm() {
            val wait = synchronized(lock) { book.nanosToNextExpiry(System.nanoTime()) }
            if (wait == Long.MAX_VALUE || closed) return
            isArmed = true
            try {
                home.schedule(this, wait)
            } catch (_: RejectedExecutionException) {
                // The engine is closed, and so are its connections.
            }
        }

        override fun expired() {
            isArmed = false
            perform { book.expire(System.nanoTime()) }
            arm()
        }
    }
}
