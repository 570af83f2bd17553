package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.config.Resolver
import io.martlet.config.TlsConfig
import io.martlet.config.TrustedCertificates
import io.martlet.internal.tls.TestCertificate
import io.martlet.trace.TraceListener
import java.net.InetAddress
import java.util.concurrent.CompletableFuture

/** What tests of HTTP over TLS start from. */
abstract class TlsGroup : WireGroup() {
    /** A session that trusts the tests' root and nobody else, and takes every name for 127.0.0.1. */
    protected fun secure(
        slots: Int = 1,
        listener: TraceListener? = null,
        change: TlsConfig.Builder.() -> Unit = {},
    ): ClientSession = session {
        connector {
            limit = slots
            traceListener = listener
            resolver = LOOPBACK
            tls = TRUSTING.toBuilder().apply(change).build()
        }
    }

    protected companion object {
        val TRUSTING: TlsConfig = TlsConfig.builder()
            .trustsDefaults(false)
            .trust(TrustedCertificates.of(listOf(TestCertificate.ROOT.leaf())))
            .build()

        private val LOOPBACK = Resolver {
            CompletableFuture.completedFuture(listOf(InetAddress.getByAddress(it, byteArrayOf(127, 0, 0, 1))))
        }
    }
}
