package io.martlet.samples.bench.client

import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.engine.cio.endpoint
import io.ktor.client.request.get
import io.ktor.client.request.header
import io.ktor.client.request.post
import io.ktor.client.request.prepareGet
import io.ktor.client.request.setBody
import io.ktor.client.statement.HttpResponse
import io.ktor.client.statement.bodyAsChannel
import io.ktor.client.statement.readRawBytes
import io.ktor.utils.io.readAvailable
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch

private const val PIECE_BYTES = 65_536
private const val FIVE_MINUTES_MILLIS = 300_000L

/** Ktor over CIO; its limits of 1000 and 100 connections and of 15 s are raised. */
internal class KtorPeer(inFlight: Int) : SuspendClient {
    private val client = HttpClient(CIO) {
        engine {
            maxConnectionsCount = inFlight
            requestTimeout = FIVE_MINUTES_MILLIS
            endpoint {
                maxConnectionsPerRoute = inFlight
                connectTimeout = FIVE_MINUTES_MILLIS
            }
        }
    }

    override suspend fun run(exchange: Exchange) = when (exchange.kind()) {
        Exchange.Kind.FETCH -> fetch(exchange)
        Exchange.Kind.DOWNLOAD -> download(exchange)
        Exchange.Kind.UPLOAD -> check(exchange, client.post(exchange.url()) { setBody(exchange.upload()) })
    }

    private suspend fun fetch(exchange: Exchange) {
        val response = client.get(exchange.url()) { if (exchange.closes()) header("Connection", "close") }
        check(exchange, response)
    }

    private suspend fun download(exchange: Exchange) = client.prepareGet(exchange.url()).execute { response ->
        val body = response.bodyAsChannel()
        val piece = ByteArray(PIECE_BYTES)
        var bytes = 0L
        while (true) {
            val read = body.readAvailable(piece)
            if (read < 0) break
            bytes += read
        }
        exchange.check(response.status.value, bytes)
    }

    private suspend fun check(exchange: Exchange, response: HttpResponse) =
        exchange.check(response.status.value, response.readRawBytes().size.toLong())

    override fun close() = client.close()
}

/** A client that suspends, called back from coroutines on Dispatchers.Default. */
internal class CoroutineCallbacks(private val client: SuspendClient) : CallbackClient {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    override fun start(exchange: Exchange, answer: Answer) {
        scope.launch {
            val result = runCatching { client.run(exchange) }
            result.fold({ answer.checked() }, answer::failed)
        }
    }

    override fun close() {
        scope.cancel()
        client.close()
    }
}
