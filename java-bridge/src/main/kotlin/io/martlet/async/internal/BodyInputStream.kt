package io.martlet.async.internal

import io.martlet.http.ClientRequest
import io.martlet.internal.net.EngineThread
import kotlinx.coroutines.runBlocking
import java.io.IOException
import java.io.InputStream
import java.io.InterruptedIOException
import java.nio.ByteBuffer
import java.util.Objects
import java.util.concurrent.ForkJoinPool
import java.util.concurrent.ForkJoinPool.ManagedBlocker

/**
 * A body as Java has always read: whoever reads waits, on a thread of their own. The waiting is done in that thread and
 * needs no other, so that a pool whose threads all read comes to no standstill.
 */
internal class BodyInputStream(
    private val request: ClientRequest,
    private val body: AutoCloseable,
    private val more: suspend () -> ByteBuffer?,
) : InputStream() {
    private var piece: ByteBuffer? = NOTHING

    @Volatile
    private var isClosed = false

    override fun read(): Int = filled()?.get()?.toInt()?.and(0xFF) ?: -1

    override fun read(target: ByteArray, offset: Int, length: Int): Int {
        Objects.checkFromIndexSize(offset, length, target.size)
        if (length == 0) return 0
        val bytes = filled() ?: return -1
        val count = minOf(length, bytes.remaining())
        bytes.get(target, offset, count)
        return count
    }

    override fun available(): Int = if (isClosed) 0 else piece?.remaining() ?: 0

    override fun close() {
        isClosed = true
        body.close()
    }

    /** A piece with bytes left in it; null at the end. */
    private fun filled(): ByteBuffer? {
        if (isClosed) throw IOException("$request: the stream of its body is closed")
        while (piece?.hasRemaining() == false) piece = next()
        return piece
    }

    private fun next(): ByteBuffer? {
        check(!EngineThread.isCurrent()) {
            "$request: its body is read on ${Thread.currentThread().name}, a thread that it waits for itself"
        }
        val reading = Reading()
        try {
            ForkJoinPool.managedBlock(reading)
        } catch (e: InterruptedException) {
            close()
            Thread.currentThread().interrupt()
            throw InterruptedIOException("$request: interrupted while its body was read").apply { initCause(e) }
        }
        return reading.piece
    }

    /** A fork-join pool starts another thread meanwhile. */
    private inner class Reading : ManagedBlocker {
        var piece: ByteBuffer? = null

        override fun block(): Boolean {
            piece = runBlocking { more() }
            return true
        }

        override fun isReleasable() = false
    }

    private companion object {
        val NOTHING: ByteBuffer = ByteBuffer.allocate(0)
    }
}
