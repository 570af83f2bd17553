package io.martlet.ktor

import io.ktor.client.plugins.HttpTimeoutCapability
import io.ktor.client.plugins.HttpTimeoutConfig
import io.ktor.client.request.HttpRequestData
import io.ktor.client.request.isSseRequest
import io.ktor.http.HttpHeaders
import io.ktor.http.content.OutgoingContent
import io.ktor.http.content.isEmpty
import io.ktor.http.fullPath
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.InternalAPI
import io.ktor.utils.io.readAvailable
import io.ktor.utils.io.writer
import io.martlet.body.BodySource
import io.martlet.body.BytesBody
import io.martlet.body.RequestBody
import io.martlet.body.SourceBody
import io.martlet.config.ClientTimeout
import io.martlet.error.ClientException.InvalidUrlException
import io.martlet.http.ClientRequest
import io.martlet.http.Deadline
import io.martlet.http.Headers
import io.martlet.http.Method
import io.martlet.http.Url
import kotlinx.coroutines.CoroutineScope
import java.io.IOException
import java.nio.ByteBuffer
import java.time.Duration
import kotlin.coroutines.CoroutineContext
import io.ktor.http.Url as KtorUrl

/** What is said of the body by whoever knows it. */
private val SAID_OF_THE_BODY = setOf(HttpHeaders.ContentType, HttpHeaders.ContentLength, HttpHeaders.TransferEncoding)
    .mapTo(HashSet()) { it.lowercase() }

/** These limits, but what the request's `HttpTimeout` says goes before them. */
@OptIn(InternalAPI::class)
internal fun ClientTimeout.under(data: HttpRequestData): ClientTimeout {
    val limits = toBuilder()
    data.getCapabilityOrNull(HttpTimeoutCapability)?.run {
        requestTimeoutMillis?.let { limits.total(limit(it)) }
        connectTimeoutMillis?.let { limits.dns(limit(it)).socketConnect(limit(it)) }
        socketTimeoutMillis?.let { limits.socketRead(limit(it)).write(limit(it)) }
    }
    // As HttpTimeout has it: events may be sent for ever.
    if (data.isSseRequest()) limits.total(null)
    return limits.build()
}

private fun limit(millis: Long) =
    Duration.ofMillis(millis).takeUnless { millis == HttpTimeoutConfig.INFINITE_TIMEOUT_MS }

/**
 * Ktor's request as ours.
 *
 * @param call the context of the call, in which a body that is written is written
 * @throws InvalidUrlException if the URL cannot be requested
 * @throws IllegalArgumentException if the request cannot be sent
 */
internal fun clientRequest(data: HttpRequestData, limits: ClientTimeout, call: CoroutineContext): ClientRequest {
    val deadline = limits.total?.let(Deadline::startingNow)
    val builder = ClientRequest.builder(Method.of(data.method.value), url(data.url)).timeout(limits)
    builder.headers().add(data)
    builder.body(body(data, data.body, call))
    return builder.build().withDeadline(deadline)
}

/** Path and query go as Ktor has encoded them; what it has left unencoded is encoded. */
private fun url(url: KtorUrl): Url {
    val text = "${url.protocol.name}://${url.host}:${url.port}${url.fullPath}"
    val isEncoded = url.fullPath.all { it in '!'..'~' && it != '#' }
    if (!isEncoded) return Url.parse(text)
    try {
        return Url.raw(text)
    } catch (e: IllegalArgumentException) {
        throw e.cause as? InvalidUrlException ?: e
    }
}

/** Each value a field of its own, as it was given; Ktor's engines would join those of one name with commas. */
@OptIn(InternalAPI::class)
private fun Headers.Builder.add(data: HttpRequestData) {
    for (headers in listOf(data.headers, data.body.headers)) {
        headers.forEach { name, values ->
            when {
                name.lowercase() in SAID_OF_THE_BODY -> {}

                // RFC 6265 §5.4: there is one such field.
                name.equals(HttpHeaders.Cookie, ignoreCase = true) -> {
                    addCookies(values)
                }

                else -> {
                    values.forEach { add(name, it) }
                }
            }
        }
    }
    data.contentType()?.let { set(HttpHeaders.ContentType, it) }
    // Checked against the body, which has the last word; nothing is said where there is none.
    if (!data.body.isEmpty()) data.contentLength()?.let { set(HttpHeaders.ContentLength, it) }
}

private fun Headers.Builder.addCookies(values: List<String>) {
    val all = listOfNotNull(get(HttpHeaders.Cookie)) + values
    set(HttpHeaders.Cookie, all.joinToString("; "))
}

private fun HttpRequestData.contentType(): String? =
    body.contentType?.toString() ?: body.headers[HttpHeaders.ContentType] ?: headers[HttpHeaders.ContentType]

private fun HttpRequestData.contentLength(): String? = body.contentLength?.toString()
    ?: body.headers[HttpHeaders.ContentLength] ?: headers[HttpHeaders.ContentLength]

private fun body(data: HttpRequestData, content: OutgoingContent, call: CoroutineContext): RequestBody =
    when (content) {
        is OutgoingContent.NoContent -> RequestBody.EMPTY

        is OutgoingContent.ByteArrayContent -> BytesBody(content.bytes(), null)

        is OutgoingContent.ReadChannelContent -> streamed(data) { content.readFrom() }

        is OutgoingContent.WriteChannelContent -> streamed(data) {
            CoroutineScope(call).writer { content.writeTo(channel) }.channel
        }

        is OutgoingContent.ProtocolUpgrade -> throw IllegalArgumentException(
            "Martlet's engine speaks HTTP/1.1 and upgrades to no other protocol; use another engine for WebSockets",
        )

        is OutgoingContent.ContentWrapper -> body(data, content.delegate(), call)
    }

private fun streamed(data: HttpRequestData, open: () -> ByteReadChannel): RequestBody =
    SourceBody(data.contentLength()?.toLongOrNull() ?: -1, null, false) { ChannelSource(open()) }

/** A channel of Ktor as the body of a request. */
private class ChannelSource(private val channel: ByteReadChannel) : BodySource {
    private val buffer = ByteArray(BUFFER_BYTES)
    private var ended = false

    override suspend fun read(): ByteBuffer? {
        val count = channel.readAvailable(buffer)
        if (count >= 0) return ByteBuffer.wrap(buffer, 0, count)
        ended = true
        channel.closedCause?.let { throw it }
        return null
    }

    override fun close() {
        if (!ended) channel.cancel(IOException("The body is not wanted any more"))
    }

    private companion object {
        const val BUFFER_BYTES = 64 * 1024
    }
}
