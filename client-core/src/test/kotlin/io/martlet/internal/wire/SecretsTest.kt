package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.RequestBuilder
import io.martlet.body.RequestBody
import io.martlet.error.ClientException
import io.martlet.error.ClientException.ResponseException
import io.martlet.fixture.ClosedPort
import io.martlet.fixture.Connection
import io.martlet.fixture.RawServer
import io.martlet.fixture.eventually
import io.martlet.http.MediaType
import io.martlet.json
import io.martlet.trace.TraceListener
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import java.io.IOException
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.time.Duration.Companion.milliseconds

/** Case L06 of the reliability catalogue: whatever becomes of a request, nothing that is printed holds its secrets. */
internal class SecretsTest : OverWire() {
    private val heard = ConcurrentLinkedQueue<String>()

    /** What a server answers, and what comes of that; each answer sets a secret cookie where it can. */
    enum class Fate(
        val answer: String?,
        val error: String,
        val scheme: String = "http",
        val setup: RequestBuilder.() -> Unit = {},
        val use: suspend (ClientSession, String, RequestBuilder.() -> Unit) -> Any = { session, url, request ->
            session.get(url, request)
        },
    ) {
        WELL("200 OK\r\nContent-Length: 0\r\n\r\n", ""),
        STREAMED("200 OK\r\nContent-Length: 9\r\n\r\nhalf", "TruncatedBodyException", use = { session, url, request ->
            session.open("GET", url, request).use { "$it ${it.source}" + it.readAll() }
        }),
        REFUSED(null, "ConnectorException"),
        NO_TLS("200 OK\r\n\r\n", "TlsException", scheme = "https"),
        HUNG_UP("", "ServerDisconnectedException"),
        SILENT("200 OK\r\nContent-Length: 9\r\n\r\nhalf", "TotalTimeoutException", setup = {
            timeout { total = 50.milliseconds }
        }),
        NO_HTTP("200 OK\r\nno colon s3cret\r\n\r\n", "ProtocolException"),
        A_BAD_VALUE("200 OK\r\nX-Token: s3cret\u0000\r\n\r\n", "ProtocolException"),
        A_BAD_LENGTH("200 OK\r\nContent-Length: 1, 2\r\n\r\n", "ProtocolException"),
        CUT("200 OK\r\nContent-Length: 9\r\n\r\nhalf", "TruncatedBodyException"),
        NO_GZIP("200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\ns3cret", "PayloadException"),
        TOO_LONG("200 OK\r\nContent-Length: 6\r\n\r\ns3cret", "BodyTooLargeException", setup = {
            options { maxBufferedBody(5) }
        }),
        A_STATUS("403 No\r\nContent-Length: 6\r\n\r\ns3cret", "StatusException", setup = {
            options { raiseForStatus(true) }
        }),
        NOT_CALLED_JSON("200 OK\r\nContent-Length: 6\r\n\r\ns3cret", "ContentTypeException", setup = {
            options { requireJsonType(true) }
        }, use = { session, url, request -> session.get(url, request).json<Map<String, Int>>() }),
        NO_JSON("200 OK\r\nContent-Length: 15\r\n\r\n{\"a\": \"s3cret\"}", "JsonException", use = {
            session,
            url,
            request,
            ->
            session.get(url, request).json<Map<String, Int>>()
        }),
        A_BAD_LOCATION(
            "302 Found\r\nLocation: ftp://me:s3cret@h/?token=s3cret\r\nContent-Length: 0\r\n\r\n",
            "InvalidUrlException",
        ),
        AN_INVALID_LOCATION(
            "302 Found\r\nLocation: http://me:s3cret@h:x/?token=s3cret#s3cret\r\nContent-Length: 0\r\n\r\n",
            "InvalidUrlException",
        ),
        A_LOOP("302 Found\r\nLocation: /?token=s3cret\r\nContent-Length: 0\r\n\r\n", "TooManyRedirectsException"),
        A_BODY_THAT_FAILS("200 OK\r\n\r\n", "RequestBodyException", use = { session, url, request ->
            session.post(url) {
                request()
                body(RequestBody.source(9, MediaType.TEXT) { throw IOException("disk on fire") })
            }
        }),
    }

    private fun server(fate: Fate) = RawServer({
        when (fate) {
            Fate.NO_TLS -> it.awaitReceived(5)
            Fate.A_BODY_THAT_FAILS -> it.hold()
            else -> it.readHead()
        }
        it.answer(fate)
        while (fate == Fate.A_LOOP && it.readHead() != null) it.answer(fate)
        if (fate != Fate.SILENT) it.fin()
    })

    private fun Connection.answer(fate: Fate) {
        val answer = fate.answer.orEmpty().ifEmpty { return }
        send("HTTP/1.1 " + answer.replaceFirst("\r\n", "\r\nSet-Cookie: id=s3cret\r\n"))
    }

    private fun wired() = session {
        connector {
            traceListener = TraceListener { request, event -> heard += "$event of $request" }
        }
    }

    @ParameterizedTest
    @EnumSource
    fun `in headers and query`(fate: Fate) = test {
        assertKept(fate, "") {
            headers["Authorization"] = "Bearer s3cret"
            headers["Proxy-Authorization"] = "Basic s3cret"
            headers["Cookie"] = "a=s3cret"
            cookies["b"] = "s3cret"
        }
    }

    @ParameterizedTest
    @EnumSource
    fun `in the URL`(fate: Fate) = test { assertKept(fate, "s3cret:s3cret@") {} }

    private suspend fun assertKept(fate: Fate, user: String, secrets: RequestBuilder.() -> Unit) {
        val wired = wired()
        val port = if (fate.answer == null) ClosedPort().port else server(fate).port
        val url = "${fate.scheme}://${user}127.0.0.1:$port/?token=s3cret#s3cret"

        val result = runCatching {
            fate.use(wired.session, url) {
                secrets()
                fate.setup(this)
            }
        }

        assertEquals(fate.error, result.exceptionOrNull()?.let { it::class.simpleName }.orEmpty()) { "$result" }
        wired.awaitIdle()
        eventually({ "heard only $heard" }) { heard.any { "Completed" in it || "Failed" in it || "Abandoned" in it } }
        val printed =
            printed(result) + heard + "${wired.session} ${wired.session.statistics} ${wired.session.cookieJar}"
        assertTrue(printed.none { "s3cret" in it }) { printed.first { "s3cret" in it } }
    }

    /** What a program may print of it, or of what is in it. */
    private fun printed(result: Result<Any>): List<String> {
        val error = result.exceptionOrNull() as ClientException? ?: return listOf("$result")
        val response = (error as? ResponseException)?.response()
        return listOf(
            error.stackTraceToString(),
            "${error.request()} ${error.request()?.headers}",
            "$response ${response?.headers} ${response?.history} ${response?.cookies()}",
        )
    }
}
