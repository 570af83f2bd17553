// Prints:
//   without it: TlsException
//   with it: 200
package io.martlet.samples.guide.settings

import io.martlet.ClientSession
import io.martlet.config.ClientCertificate
import io.martlet.config.TlsConfig
import io.martlet.config.TrustedCertificates
import io.martlet.error.ClientException
import kotlinx.coroutines.runBlocking
import kotlin.io.path.Path

/** A server that answers only those who show a certificate. */
fun main(args: Array<String>): Unit = runBlocking {
    val anonymous = TlsConfig.builder().trust(TrustedCertificates.pem(Path(args[1]))).build()
    val known = anonymous.toBuilder().clientCertificate(ClientCertificate.pem(Path(args[2]), Path(args[3]))).build()
    print("without it", args[0], anonymous)
    print("with it", args[0], known)
}

private suspend fun print(title: String, url: String, config: TlsConfig) = try {
    ClientSession {
        baseUrl = url
        connector { tls = config }
    }.use { session ->
        println("$title: ${session.get("get").status}")
    }
} catch (e: ClientException) {
    println("$title: ${e.javaClass.simpleName}")
}
