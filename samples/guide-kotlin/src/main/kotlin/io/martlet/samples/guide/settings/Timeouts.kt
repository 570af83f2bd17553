// Prints:
//   in time: 200
//   the whole: PT0.2S
//   silence: PT0.1S
//   no limit: 200
package io.martlet.samples.guide.settings

import io.martlet.ClientSession
import io.martlet.config.ClientTimeout
import io.martlet.error.ClientException.ReadTimeoutException
import io.martlet.error.ClientException.TotalTimeoutException
import kotlinx.coroutines.runBlocking
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Limits of a session hold for each of its requests; a request may have others, or none. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession {
        baseUrl = args[0]
        timeout {
            total = 30.seconds // all of it, the body included
            connect = 10.seconds // until there is a connection, the wait for a free one included
            queue = 8.seconds // the wait for a free one
            dns = 5.seconds // looking the host up
            socketConnect = 5.seconds // opening one connection
            tls = 5.seconds // its handshake
            write = 10.seconds // how long the server may take nothing
            firstByte = 20.seconds // until it begins to answer
            socketRead = 10.seconds // how long it may be silent
        }
    }.use { session ->
        println("in time: ${session.get("delay/0.1").status}")
        try {
            session.get("delay/5") { timeout { total = 200.milliseconds } }
        } catch (e: TotalTimeoutException) {
            println("the whole: ${e.limit()}")
        }
        try {
            session.get("delay/5") { timeout { socketRead = 100.milliseconds } }
        } catch (e: ReadTimeoutException) {
            println("silence: ${e.limit()}")
        }
        println("no limit: ${session.get("delay/0.1") { timeout(ClientTimeout.NONE) }.status}")
    }
}
