package io.martlet.internal.wire

import io.martlet.config.Limits
import io.martlet.error.ClientException
import io.martlet.http.ClientRequest
import io.martlet.internal.http1.RequestHead.Persistence
import io.martlet.internal.http1.ResponseHead
import io.martlet.internal.net.EventLoop
import io.martlet.internal.net.Transport
import java.util.concurrent.CompletableFuture
import java.util.concurrent.LinkedBlockingQueue

/**
 * A connection whose server is played: what is sent over it, and what those hear who wait for answers.
 *
 * @param around puts something between the connection and its transport
 */
internal class PlayedConnection(private val loop: EventLoop, around: (Transport) -> Transport = { it }) {
    val transport = PlayedTransport(loop)
    val tally = Tally()
    val connection = WireConnection(around(transport), Limits.DEFAULT, Persistence.DEFAULT, transport.owner)

    /** A response's status, or what failed, for each exchange that has come so far. */
    val heard = LinkedBlockingQueue<Any>()

    /** The head of the response that came last. */
    lateinit var head: ResponseHead

    /** The body of the response that came last, while it arrives. */
    lateinit var pipe: BodyPipe

    init {
        connection.start()
    }

    /** Sends [request] on this thread; [heard] has what comes of it. */
    fun send(request: ClientRequest, writer: BodyWriter? = null): Exchange {
        connection.encode(request)
        val exchange = Exchange(request, connection, Receiver(), tally, null)
        connection.send(exchange, writer)
        return exchange
    }

    /** Has the server send [pieces], and waits until the loop has done everything that follows. */
    fun play(vararg pieces: String, end: End = End.STAYS) {
        loop.execute { transport.play(pieces.map { it.encodeToByteArray() }, end) }
        loop.await()
    }

    private inner class Receiver : ResponseReceiver {
        override fun arrived(head: ResponseHead, body: ReceivedBody) {
            this@PlayedConnection.head = head
            heard += head.status
            if (body is BodyPipe) pipe = body
        }

        override fun failed(cause: ClientException) {
            heard += cause
        }
    }
}

/** Waits until the loop has done what is handed over to it, and what comes of that. */
internal fun EventLoop.await() = repeat(3) { CompletableFuture.runAsync({}, this).join() }
