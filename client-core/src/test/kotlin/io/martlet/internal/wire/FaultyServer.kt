package io.martlet.internal.wire

import java.io.BufferedInputStream
import java.io.IOException
import java.io.InputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.locks.LockSupport
import kotlin.concurrent.thread

/** What a [FaultyServer] does with a request. */
internal enum class Fault {
    NONE,

    /** Answers in chunks, a bit of time between them. */
    SLOW,
    ERROR_500,

    /** RST instead of an answer. */
    RESET,

    /** FIN instead of an answer. */
    HANG_UP,

    /** No HTTP. */
    GARBAGE,

    /** FIN amid a body that has a length. */
    SHORT_LENGTH,

    /** FIN between two chunks. */
    SHORT_CHUNKS,

    /** RST amid a body. */
    RESET_BODY,

    /** Half a head, then nothing. */
    STALL,
}

/**
 * Answers requests for `/FAULT/ID` by doing that, the good answers with the ID and the body of
 * the request. Keeps nothing of a connection that has ended, so that it can serve for long.
 */
internal class FaultyServer : AutoCloseable {
    private val socket = ServerSocket(0, 1024, InetAddress.getLoopbackAddress())
    private val open = ConcurrentHashMap.newKeySet<Socket>()

    /** Where it is, without a slash at the end. */
    val url = "http://127.0.0.1:${socket.localPort}"

    /** How many connections the clients have not closed. */
    val connections get() = open.size

    init {
        thread(isDaemon = true, name = "faulty-accept") { acceptAll() }
    }

    private fun acceptAll() {
        try {
            while (true) {
                val accepted = socket.accept().apply { tcpNoDelay = true }.also { open += it }
                thread(isDaemon = true, name = "faulty-serve") { attend(accepted) }
            }
        } catch (_: IOException) {
            // Closed.
        }
    }

    private fun attend(accepted: Socket) {
        try {
            accepted.use { serve(it, BufferedInputStream(it.getInputStream())) }
        } catch (_: IOException) {
            // The client's doing, or ours.
        } finally {
            open -= accepted
        }
    }

    private fun serve(socket: Socket, input: InputStream) {
        while (true) {
            val head = readHead(input) ?: return
            val length = head.firstOrNull { it.startsWith("Content-Length: ") }?.substringAfter(' ')?.toInt() ?: 0
            val body = input.readNBytes(length).decodeToString()
            val (fault, id) = head.first().split(' ')[1].removePrefix("/").split('/')
            if (!socket.answer(Fault.valueOf(fault), "$id $body")) return
        }
    }

    private fun readHead(input: InputStream): List<String>? {
        val head = StringBuilder()
        while (!head.endsWith("\r\n\r\n")) {
            val next = input.read()
            if (next < 0) return null
            head.append(next.toChar())
        }
        return head.trimEnd().lines()
    }

    /** Returns whether the connection can go on. */
    private fun Socket.answer(fault: Fault, text: String): Boolean {
        val sized = "HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n"
        val chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        when (fault) {
            Fault.NONE -> {
                send(sized + text)
            }

            Fault.SLOW -> {
                send(chunked)
                text.chunked(1 + text.length / 4).forEach {
                    LockSupport.parkNanos(1_000_000)
                    send("${it.length.toString(16)}\r\n$it\r\n")
                }
                send("0\r\n\r\n")
            }

            Fault.ERROR_500 -> {
                send(sized.replace("200 OK", "500 Oops") + text)
            }

            Fault.RESET -> {
                reset()
            }

            Fault.HANG_UP -> {
                return false
            }

            Fault.GARBAGE -> {
                send("220 mail.example ESMTP ready\r\n")
            }

            Fault.SHORT_LENGTH -> {
                send(sized + text.dropLast(1))
            }

            Fault.SHORT_CHUNKS -> {
                send("$chunked${text.length.toString(16)}\r\n$text\r\n")
            }

            Fault.RESET_BODY -> {
                send(sized + text.dropLast(1))
                reset()
            }

            Fault.STALL -> {
                send(sized.take(20))
                // Until the client has had enough.
                getInputStream().read()
            }
        }
        return fault in ANSWERS
    }

    private fun Socket.send(text: String) = getOutputStream().write(text.encodeToByteArray())

    private fun Socket.reset() {
        setSoLinger(true, 0)
        close()
    }

    override fun close() {
        socket.close()
        open.forEach { it.close() }
    }

    companion object {
        /** Those that are answers. */
        val ANSWERS = setOf(Fault.NONE, Fault.SLOW, Fault.ERROR_500)
    }
}
