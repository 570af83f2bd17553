package io.martlet.docs

import io.martlet.ClientSession
import io.martlet.body.RequestBody
import io.martlet.body.toRequestBody
import io.martlet.docs.api.Item
import io.martlet.engine.Middleware
import io.martlet.http.Attribute
import io.martlet.http.MediaType
import io.martlet.http.Method
import io.martlet.http.Url
import kotlinx.coroutines.flow.Flow
import java.io.InputStream
import java.nio.file.Path
import kotlin.time.Duration.Companion.seconds

private val JOB = Attribute<String>("job")

/** What a request is told. */
internal suspend fun requestRows(session: ClientSession, log: Middleware, data: ByteArray) {
    // row: method
    session.request("PURGE", "items/1")
    // row: raw-url
    session.request(Method.GET, Url.raw("https://api.example.com/a%2Fb"))
    // row: params
    session.get("items") {
        param("page", 2)
        param("tag", "a", "b")
    }
    // row: request-headers
    session.get("items") { headers["Accept"] = "text/csv" }
    // row: request-cookies
    session.get("items") { cookie("theme", "light") }
    // row: request-skip
    session.get("items") { skipAutoHeaders("Accept") }
    // row: request-timeout
    session.get("items") {
        timeout { total = 5.seconds }
        raiseForStatus = true
    }
    // row: redirects
    session.get("items") { followRedirects = false }
    // row: request-middlewares
    session.get("items") { middlewares = listOf(log) }
    // row: request-attribute
    session.get("items") { attribute(JOB, "job 7") }
    // row: compress
    session.post("items") {
        bytes(data)
        compress("gzip")
    }
    // row: expect
    session.put("files/1") {
        headers["Expect"] = "100-continue"
        bytes(data)
    }
    // end
}

/** What a request carries. */
internal suspend fun bodyRows(session: ClientSession, path: Path, chunks: Flow<ByteArray>, stream: InputStream) {
    // row: body-bytes
    session.post("items") { bytes(byteArrayOf(1, 2, 3)) }
    // row: body-text
    session.post("items") { text("some text") }
    // row: body-json
    session.post("items") { json(Item(3, "Three")) }
    // row: body-form
    session.post("items") { form("id" to 3, "title" to "Three") }
    // row: body-file
    session.post("files") { body(RequestBody.file(path)) }
    // row: body-iterator
    session.post("files") { body(chunks.toRequestBody()) }
    // row: body-payload
    session.post("files") { body(RequestBody.stream(stream, MediaType.parse("text/csv"))) }
    // row: body-progress
    session.post("files") {
        body(RequestBody.file(path).withProgress { bytes, total -> println("$bytes of $total") })
    }
    // end
}
