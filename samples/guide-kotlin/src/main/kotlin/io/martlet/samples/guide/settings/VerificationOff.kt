// Prints:
//   whoever it was said 200
package io.martlet.samples.guide.settings

import io.martlet.ClientSession
import io.martlet.config.TlsConfig
import kotlinx.coroutines.runBlocking

/** A server whose certificate is not verified. For trials only: anybody could be that server. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession {
        baseUrl = args[0]
        connector { tls = TlsConfig.builder().insecureSkipVerification(true).build() }
    }.use { session ->
        println("whoever it was said ${session.get("get").status}")
    }
}
