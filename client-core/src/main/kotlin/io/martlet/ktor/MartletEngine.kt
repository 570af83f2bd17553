package io.martlet.ktor

import io.ktor.client.engine.HttpClientEngineBase
import io.ktor.client.engine.HttpClientEngineCapability
import io.ktor.client.engine.callContext
import io.ktor.client.plugins.HttpTimeoutCapability
import io.ktor.client.plugins.sse.SSECapability
import io.ktor.client.request.HttpRequestData
import io.ktor.client.request.HttpResponseData
import io.ktor.client.request.ResponseAdapterAttributeKey
import io.ktor.http.HeadersImpl
import io.ktor.http.HttpProtocolVersion
import io.ktor.http.HttpStatusCode
import io.ktor.util.date.GMTDate
import io.ktor.utils.io.InternalAPI
import io.martlet.engine.Engine
import io.martlet.error.ClientException
import io.martlet.http.HttpVersion
import io.martlet.http.StreamingResponse
import kotlinx.coroutines.Job
import kotlinx.coroutines.job
import kotlin.coroutines.CoroutineContext

/** Any [Engine] of ours as an engine of Ktor's client: the reverse of [KtorEngine]. */
@OptIn(InternalAPI::class)
internal class MartletEngine(
    override val config: MartletEngineConfig,
    private val engine: Engine,
) : HttpClientEngineBase("martlet") {
    override val supportedCapabilities: Set<HttpClientEngineCapability<*>> =
        setOf(HttpTimeoutCapability, SSECapability)

    init {
        // Closed, the job ends when the last call does; cancelled, it ends at once.
        coroutineContext.job.invokeOnCompletion { engine.close() }
    }

    override suspend fun execute(data: HttpRequestData): HttpResponseData {
        val call = callContext()
        val running = Job(coroutineContext.job)
        call.job.invokeOnCompletion { running.complete() }
        val start = GMTDate()
        val request = clientRequest(data, config.timeout.under(data), call)
        val response = try {
            engine.execute(request)
        } catch (e: ClientException) {
            throw e.asKtorsOwn()
        }
        return responseData(data, response, start, call)
    }

    /** Whatever goes wrong from here on ends [call], and with it the body. */
    private fun responseData(
        data: HttpRequestData,
        response: StreamingResponse,
        start: GMTDate,
        call: CoroutineContext,
    ): HttpResponseData {
        val body = ResponseChannel(response.source, call.job)
        val status = HttpStatusCode(response.status, response.reason)
        val headers = HeadersImpl(response.headers.toMap())
        val adapted = data.attributes.getOrNull(ResponseAdapterAttributeKey)
            ?.adapt(data, status, headers, body, data.body, call)
        return HttpResponseData(status, start, headers, version(response.version), adapted ?: body, call)
    }

    private fun version(version: HttpVersion) = when (version) {
        HttpVersion.HTTP_1_0 -> HttpProtocolVersion.HTTP_1_0
        HttpVersion.HTTP_1_1 -> HttpProtocolVersion.HTTP_1_1
        HttpVersion.HTTP_2 -> HttpProtocolVersion.HTTP_2_0
        HttpVersion.HTTP_3 -> HttpProtocolVersion.HTTP_3_0
    }

    override fun toString(): String = "MartletEngine($engine)"
}
