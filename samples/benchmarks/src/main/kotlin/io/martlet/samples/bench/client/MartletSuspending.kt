package io.martlet.samples.bench.client

import io.martlet.ClientSession
import io.martlet.engine.EngineFactory
import io.martlet.http.ClientResponse

/** Martlet's suspending calls, over its default engine unless [over] is another. */
internal class MartletSuspending(inFlight: Int, over: EngineFactory?) : SuspendClient {
    private val session = ClientSession {
        connector { limit = inFlight }
        if (over != null) engine = over
    }

    override suspend fun run(exchange: Exchange) = when (exchange.kind()) {
        Exchange.Kind.FETCH -> fetch(exchange)
        Exchange.Kind.DOWNLOAD -> download(exchange)
        Exchange.Kind.UPLOAD -> check(exchange, session.post(exchange.url()) { bytes(exchange.upload()) })
    }

    private suspend fun fetch(exchange: Exchange) {
        val response = session.get(exchange.url()) { if (exchange.closes()) headers["Connection"] = "close" }
        check(exchange, response)
    }

    private suspend fun download(exchange: Exchange) = session.open("GET", exchange.url()).use { response ->
        var bytes = 0L
        while (true) bytes += (response.body.read() ?: break).remaining()
        exchange.check(response.status, bytes)
    }

    private fun check(exchange: Exchange, response: ClientResponse) =
        exchange.check(response.status, response.bytes.size.toLong())

    override fun close() = session.close()
}
