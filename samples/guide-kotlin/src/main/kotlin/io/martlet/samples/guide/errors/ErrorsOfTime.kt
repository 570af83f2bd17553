// Prints:
//   ConnectTimeoutException in phase tls: PT0.1S
//   WriteTimeoutException in phase write: PT0.1S
//   ReadTimeoutException in phase first byte: PT0.1S
//   TotalTimeoutException in phase total: PT0.1S
//   QueueTimeoutException in phase queue: PT0.1S
//   RateTimeoutException in phase rate: PT0.1S
package io.martlet.samples.guide.errors

import io.martlet.ClientSession
import io.martlet.error.ClientException.TimeoutException
import io.martlet.rate.RateLimit
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import java.net.InetAddress
import java.net.ServerSocket
import java.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** Each time limit has an error of its own, which names the limit and the phase; all are TimeoutExceptions. */
fun main(args: Array<String>): Unit = runBlocking {
    val moment = 100.milliseconds
    val silent = ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"))
    val nobody = "//127.0.0.1:${silent.localPort}/"
    ClientSession {
        baseUrl = args[0]
        connector { limit = 1 }
    }.use { session ->
        provoke { session.get("https:$nobody") { timeout { tls = moment } } }
        provoke {
            session.post("http:$nobody") {
                timeout { write = moment }
                bytes(ByteArray(32 shl 20))
            }
        }
        provoke { session.get("delay/5") { timeout { socketRead = moment } } }
        provoke { session.get("delay/5") { timeout { total = moment } } }

        val other = launch { session.get("delay/5") } // takes the only connection
        yield()
        provoke { session.get("get") { timeout { queue = moment } } }
        other.cancel()
    }
    silent.close()
    ClientSession {
        baseUrl = args[0]
        rateLimit = RateLimit.of(1, Duration.ofHours(1))
    }.use { patient ->
        patient.get("get")
        // Its turn would come in an hour: the error comes at once.
        provoke { patient.get("get") { timeout { total = moment } } }
    }
}

private suspend fun provoke(call: suspend () -> Any) = try {
    println("no error: ${call()}")
} catch (e: TimeoutException) {
    println("${e.javaClass.simpleName} in phase ${e.phase()}: ${e.limit()}")
}
