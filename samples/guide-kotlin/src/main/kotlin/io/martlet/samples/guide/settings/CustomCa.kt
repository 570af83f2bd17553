// Prints:
//   without it: TlsException
//   with it: 200
package io.martlet.samples.guide.settings

import io.martlet.ClientSession
import io.martlet.config.TlsConfig
import io.martlet.config.TrustedCertificates
import io.martlet.error.ClientException.TlsException
import kotlinx.coroutines.runBlocking
import kotlin.io.path.Path

/** A server whose certificate is signed by a CA of your own. */
fun main(args: Array<String>): Unit = runBlocking {
    try {
        ClientSession { baseUrl = args[0] }.use { it.get("get") }
    } catch (e: TlsException) {
        println("without it: ${e.javaClass.simpleName}")
    }
    ClientSession {
        baseUrl = args[0]
        // Beside the authorities that the JDK trusts; trustsDefaults(false) leaves those out.
        connector { tls = TlsConfig.builder().trust(TrustedCertificates.pem(Path(args[1]))).build() }
    }.use { session ->
        println("with it: ${session.get("get").status}")
    }
}
