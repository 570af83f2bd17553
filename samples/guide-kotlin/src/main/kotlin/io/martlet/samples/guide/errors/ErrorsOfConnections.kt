// Prints:
//   DnsException in phase dns
//   ConnectorException in phase connect
//   TlsException in phase tls
//   ServerDisconnectedException in phase first byte
package io.martlet.samples.guide.errors

import io.martlet.ClientSession
import io.martlet.config.Resolver
import io.martlet.error.ClientException
import kotlinx.coroutines.runBlocking
import java.net.InetAddress
import java.net.ServerSocket
import java.net.UnknownHostException
import java.util.concurrent.CompletableFuture
import kotlin.concurrent.thread

/** Servers that cannot be reached, or hang up: each error knows the phase of the request in which it happened. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession {
        connector { resolver = Resolver { host -> CompletableFuture.failedFuture(UnknownHostException(host)) } }
    }.use { session ->
        provoke { session.get("http://unknown.test/") }
        provoke { session.get("http://127.0.0.1:1/") }
        // A server that knows nothing of TLS.
        provoke { session.get(args[0].replaceFirst("http:", "https:")) }
        provoke { session.get(hangingUp()) }
    }
}

private suspend fun provoke(call: suspend () -> Any) = try {
    println("no error: ${call()}")
} catch (e: ClientException) {
    println("${e.javaClass.simpleName} in phase ${e.phase()}")
}

/** The address of a server that closes its connection as soon as it is asked for something. */
private fun hangingUp(): String {
    val server = ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))
    thread(isDaemon = true) {
        server.use { server.accept().use { socket -> socket.getInputStream().read() } }
    }
    return "http://127.0.0.1:${server.localPort}/"
}
