// Prints:
//   ProtocolException in phase read
//   TruncatedBodyException in phase read
//   PayloadException in phase read
//   BodyTooLargeException in phase read
//   StatusException in phase response
//   TooManyRedirectsException in phase response
//   ContentTypeException in phase response
//   JsonException in phase response
package io.martlet.samples.guide.errors

import io.martlet.ClientSession
import io.martlet.error.ClientException
import kotlinx.coroutines.runBlocking
import java.net.InetAddress
import java.net.ServerSocket
import kotlin.concurrent.thread

/** Answers that cannot be read, or are not wanted: each error knows the phase of the request in which it happened. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession { baseUrl = args[0] }.use { session ->
        provoke { session.get(answering("Bonjour\r\n\r\n")) }
        provoke { session.get(answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")) }
        provoke { session.get(answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip")) }
        provoke { session.get("bytes/2000") { maxBufferedBody = 1000 } }
        provoke { session.get("status/404") { raiseForStatus = true } }
        provoke { session.get("redirect/12") }
        provoke { session.get("html") { requireJsonType = true }.jsonTree() }
        provoke { session.get("html").jsonTree() }
    }
}

private suspend fun provoke(call: suspend () -> Any) = try {
    println("no error: ${call()}")
} catch (e: ClientException) {
    println("${e.javaClass.simpleName} in phase ${e.phase()}")
}

/** The address of a server that gives this answer to one request, and hangs up. */
private fun answering(answer: String): String {
    val server = ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))
    thread(isDaemon = true) {
        server.use {
            server.accept().use { socket ->
                val head = socket.getInputStream().bufferedReader()
                head.lineSequence().first { it.isEmpty() }
                socket.getOutputStream().write(answer.toByteArray())
            }
        }
    }
    return "http://127.0.0.1:${server.localPort}/"
}
