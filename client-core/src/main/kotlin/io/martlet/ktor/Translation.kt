package io.martlet.ktor

import io.ktor.client.network.sockets.ConnectTimeoutException
import io.ktor.http.URLDecodeException
import io.ktor.http.cio.ParserException
import io.martlet.error.ClientException
import io.martlet.error.Phase
import io.martlet.http.ClientRequest
import java.io.EOFException
import java.net.ConnectException
import java.net.NoRouteToHostException
import java.net.UnknownHostException
import java.nio.channels.UnresolvedAddressException
import java.security.GeneralSecurityException
import java.time.Duration
import javax.net.ssl.SSLException

/** The one table from what Ktor, its engines and the JDK throw to what we throw. */
internal fun translate(
    cause: Throwable,
    request: ClientRequest,
    phase: Phase,
    closed: Boolean,
    received: Long = 0,
): ClientException {
    val chain = generateSequence(cause) { it.cause }.take(CHAIN_LIMIT).toList()
    chain.firstNotNullOfOrNull { it as? ClientException }?.let { return it }
    if (closed) return ClientException.SessionClosedException(request)
    return chain.firstNotNullOfOrNull { known(it, request, phase, received) } ?: unknown(cause, request, phase)
}

private const val CHAIN_LIMIT = 10

private fun known(cause: Throwable, request: ClientRequest, phase: Phase, received: Long): ClientException? = when (cause) {
    is UnknownHostException, is UnresolvedAddressException -> ClientException.DnsException(request, cause)

    is ConnectTimeoutException -> {
        val limit = request.options.timeout.socketConnect ?: Duration.ZERO
        ClientException.ConnectTimeoutException(request, "socketConnect", limit, limit)
    }

    is ConnectException, is NoRouteToHostException -> ClientException.ConnectorException(request, cause)

    is SSLException, is GeneralSecurityException -> ClientException.TlsException(request, cause)

    is EOFException -> when (phase) {
        Phase.CONNECT -> brokenWhileConnecting(request, cause)
        Phase.READ -> ClientException.TruncatedBodyException(request, -1, received, cause)
        else -> ClientException.ServerDisconnectedException(request, cause)
    }

    // Ktor decodes the path before it sends it as it was. Its message quotes the whole target.
    is URLDecodeException -> ClientException.InvalidUrlException(
        request.url.redacted(),
        "it has a percent sign that starts no escape, which this engine cannot send",
    )

    is ParserException, is NumberFormatException -> ClientException.ProtocolException(request, cause.message.orEmpty(), cause)

    else -> null
}

private fun unknown(cause: Throwable, request: ClientRequest, phase: Phase): ClientException = when {
    phase == Phase.CONNECT -> brokenWhileConnecting(request, cause)
    // CIO reports malformed heads and bodies with exceptions of the general kind.
    phase == Phase.FIRST_BYTE && cause is IllegalStateException ->
        ClientException.ProtocolException(request, cause.message.orEmpty(), cause)

    phase == Phase.READ && cause is IllegalStateException ->
        ClientException.PayloadException(request, "the body cannot be read: ${cause.message}", cause)

    else -> ClientException.ConnectionException(phase, request, cause)
}

/** With TLS, the connection stands before the handshake, and CIO's handshake fails with exceptions of every kind. */
private fun brokenWhileConnecting(request: ClientRequest, cause: Throwable): ClientException =
    if (request.url.isSecure) ClientException.TlsException(request, cause) else ClientException.ConnectorException(request, cause)
