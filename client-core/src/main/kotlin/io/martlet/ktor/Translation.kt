package io.martlet.ktor

import io.ktor.http.URLDecodeException
import io.ktor.http.cio.ParserException
import io.martlet.config.ClientTimeout
import io.martlet.error.ClientException
import io.martlet.error.ClientException.ConnectTimeoutException
import io.martlet.error.ClientException.ConnectionException
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.ClientException.DnsException
import io.martlet.error.ClientException.InvalidUrlException
import io.martlet.error.ClientException.PayloadException
import io.martlet.error.ClientException.ProtocolException
import io.martlet.error.ClientException.ServerDisconnectedException
import io.martlet.error.ClientException.SessionClosedException
import io.martlet.error.ClientException.TlsException
import io.martlet.error.ClientException.TruncatedBodyException
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
import io.ktor.client.network.sockets.ConnectTimeoutException as KtorConnectTimeoutException

private const val CHAIN_LIMIT = 10

/**
 * The one table from what Ktor, its engines and the JDK throw to what we throw.
 *
 * @param received how many bytes of the body arrived before
 */
internal fun translate(
    cause: Throwable,
    request: ClientRequest,
    phase: Phase,
    closed: Boolean,
    received: Long = 0,
): ClientException {
    val chain = generateSequence(cause) { it.cause }.take(CHAIN_LIMIT).toList()
    chain.firstNotNullOfOrNull { it as? ClientException }?.let { return it }
    if (closed) return SessionClosedException(request)
    return chain.firstNotNullOfOrNull { known(it, request, phase, received) } ?: unknown(cause, request, phase)
}

private fun known(cause: Throwable, request: ClientRequest, phase: Phase, received: Long) = when (cause) {
    is UnknownHostException, is UnresolvedAddressException -> DnsException(request, cause)
    is KtorConnectTimeoutException -> connectTimeout(request)
    is ConnectException -> ConnectorException(request, innermost(cause))
    is NoRouteToHostException -> ConnectorException(request, cause)
    is java.net.ProtocolException -> protocol(request, cause, phase, received)
    is SSLException, is GeneralSecurityException -> TlsException(request, cause)
    is EOFException -> endOfStream(cause, request, phase, received)
    is URLDecodeException -> malformedEscape(request)
    is ParserException, is NumberFormatException -> ProtocolException(request, cause.message.orEmpty(), cause)
    else -> null
}

private fun unknown(cause: Throwable, request: ClientRequest, phase: Phase): ClientException {
    if (phase == Phase.CONNECT) return brokenWhileConnecting(request, cause)
    // CIO reports malformed heads and bodies with exceptions of the general kind.
    val message = (cause as? IllegalStateException)?.message.orEmpty()
    return when {
        cause !is IllegalStateException -> ConnectionException(phase, request, cause)
        phase == Phase.FIRST_BYTE -> ProtocolException(request, message, cause)
        phase == Phase.READ -> PayloadException(request, "the body cannot be read: $message", cause)
        else -> ConnectionException(phase, request, cause)
    }
}

/** Name and value of the limit that a carrier keeps while it connects: ours start before it does. */
internal fun nearerConnectLimit(timeout: ClientTimeout): Pair<String, Duration>? =
    listOfNotNull(timeout.socketConnect?.let { "socketConnect" to it }, timeout.connect?.let { "connect" to it })
        .minByOrNull { it.second }

private fun connectTimeout(request: ClientRequest): ClientException {
    val (name, limit) = nearerConnectLimit(request.options.timeout) ?: ("socketConnect" to Duration.ZERO)
    return ConnectTimeoutException(request, name, limit, limit)
}

/** OkHttp says with one of its own that it failed, and with the JDK's why. */
private fun innermost(cause: ConnectException): Throwable =
    generateSequence<Throwable>(cause) { it.cause }.take(CHAIN_LIMIT).last { it is ConnectException }

/** What OkHttp throws when the server does not keep to HTTP. */
private fun protocol(
    request: ClientRequest,
    cause: java.net.ProtocolException,
    phase: Phase,
    received: Long,
): ClientException {
    val message = cause.message.orEmpty()
    return when {
        phase != Phase.READ -> ProtocolException(request, message, cause)
        message == "unexpected end of stream" -> TruncatedBodyException(request, -1, received, cause)
        else -> PayloadException(request, "the body cannot be read: $message", cause)
    }
}

private fun endOfStream(cause: Throwable, request: ClientRequest, phase: Phase, received: Long) = when (phase) {
    Phase.CONNECT -> brokenWhileConnecting(request, cause)
    Phase.READ -> TruncatedBodyException(request, -1, received, cause)
    else -> ServerDisconnectedException(request, cause)
}

/** With TLS, the connection stands before the handshake, and CIO's handshake fails with exceptions of every kind. */
private fun brokenWhileConnecting(request: ClientRequest, cause: Throwable) =
    if (request.url.isSecure) TlsException(request, cause) else ConnectorException(request, cause)

/** Ktor decodes the path before it sends it as it was. Its message quotes the whole target. */
private fun malformedEscape(request: ClientRequest): ClientException {
    val reason = "it has a percent sign that starts no escape, which this engine cannot send"
    return InvalidUrlException(request.url.redacted(), reason)
}
