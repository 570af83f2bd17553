package io.martlet.internal.wire

import io.martlet.body.CompleteBody
import io.martlet.config.Limits
import io.martlet.engine.Engine
import io.martlet.error.ClientException
import io.martlet.http.ClientRequest
import io.martlet.http.StreamingResponse
import io.martlet.internal.http1.RequestHead.Persistence
import io.martlet.internal.http1.ResponseHead
import io.martlet.internal.net.EventLoop
import io.martlet.internal.net.Transport
import io.martlet.internal.net.TransportListener
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.net.InetSocketAddress
import java.nio.ByteBuffer
import java.nio.channels.ClosedChannelException
import java.util.concurrent.CountDownLatch
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException

/**
 * Real connections over played transports, one for each request: what the server sends arrives in exactly the pieces
 * that [pieces] says, and then [end].
 */
internal class PlayedEngine : Engine {
    private val loop = EventLoop { _, fault -> faults += fault }
    private val faults = mutableListOf<Throwable>()

    var pieces: List<ByteArray> = emptyList()
    var end: End = End.STAYS

    /** What became of the connection that was opened last. */
    lateinit var last: PlayedTransport

    override suspend fun execute(request: ClientRequest): StreamingResponse =
        suspendCancellableCoroutine { continuation ->
            val transport = PlayedTransport(loop)
            last = transport
            val connection = WireConnection(transport, Limits.DEFAULT, Persistence.DEFAULT, transport.owner)
            connection.encode(request)
            val receiver = Receiver(request, continuation)
            val exchange = Exchange(request, connection, receiver, Tally(), null)
            receiver.exchange = exchange
            connection.start()
            connection.send(exchange, null)
            loop.execute { transport.play(pieces, end) }
        }

    private class Receiver(
        private val request: ClientRequest,
        private val continuation: CancellableContinuation<StreamingResponse>,
    ) : ResponseReceiver {
        lateinit var exchange: Exchange

        override fun arrived(head: ResponseHead, body: ReceivedBody) {
            val source = when (body) {
                is ReceivedBody.Complete -> CompleteBody(request, body.bytes)
                is BodyPipe -> WireBody(exchange, head, body)
            }
            continuation.resume(
                StreamingResponse(request, head.version, head.status, head.reason, head.headers, source),
            )
        }

        override fun failed(cause: ClientException) = continuation.resumeWithException(cause)
    }

    override fun close() {
        loop.close()
        check(faults.isEmpty()) { "The loop had $faults" }
    }
}

/** A transport whose other side is played. */
internal class PlayedTransport(private val loop: EventLoop) : Transport {
    private val played = CountDownLatch(1)
    private val written = ByteArrayOutputStream()
    private var listener: TransportListener? = null

    @Volatile
    private var closed = false
    private var ended = false
    private var received = 0

    private val heard = mutableListOf<String>()

    /** Everything that the connection told its pool and this: `pause`, `resume`, `release`, `discard`, `retire`. */
    val told: List<String> get() = synchronized(heard) { heard.toList() }

    /** The pool of the connection. */
    val owner = object : ConnectionOwner {
        override fun release(connection: WireConnection, keepNanos: Long) = hear("release")

        override fun discard(connection: WireConnection) = hear("discard")

        override fun retire(connection: WireConnection) = hear("retire")
    }

    /** What was sent, as text. */
    val sent: String get() = synchronized(written) { written.toString(Charsets.ISO_8859_1) }

    /** Whether everything was played, and the connection may carry another request. */
    fun awaitIsKept(): Boolean {
        played.await()
        return "release" in told && "retire" !in told && !closed
    }

    /** How many bytes were taken before the connection was closed, or all were played. */
    fun awaitReceived(): Int {
        played.await()
        return received
    }

    /** On the loop's thread. */
    fun play(pieces: List<ByteArray>, end: End) {
        pieces.filter { it.isNotEmpty() }.forEach { if (!closed) receive(it) }
        when (end) {
            End.STAYS -> if (closed) end(null)
            End.FINISHES -> end(null)
            End.RESETS -> end(IOException("Connection reset"))
        }
        played.countDown()
    }

    private fun receive(bytes: ByteArray) {
        received += bytes.size
        listener?.received(ByteBuffer.wrap(bytes))
    }

    private fun end(cause: IOException?) {
        if (ended) return
        ended = true
        closed = true
        listener?.ended(cause)
    }

    override fun start(listener: TransportListener) {
        this.listener = listener
    }

    override fun write(source: ByteBuffer): Int {
        if (closed) throw ClosedChannelException()
        val count = source.remaining()
        synchronized(written) { while (source.hasRemaining()) written.write(source.get().toInt()) }
        return count
    }

    override fun close() {
        closed = true
        loop.execute { end(null) }
    }

    override fun abort() = close()

    override fun awaitWritable() = Unit

    override fun pauseReading() = hear("pause")

    override fun resumeReading() = hear("resume")

    override fun isOpen() = !closed

    override fun loop() = loop

    override fun remoteAddress(): InetSocketAddress = InetSocketAddress.createUnresolved("played.test", 80)

    override fun localAddress(): InetSocketAddress = InetSocketAddress.createUnresolved("test", 50_000)

    private fun hear(what: String) {
        synchronized(heard) { heard += what }
    }
}
