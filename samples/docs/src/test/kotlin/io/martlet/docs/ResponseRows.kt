package io.martlet.docs

import io.martlet.ClientSession
import io.martlet.docs.api.Item
import io.martlet.http.ClientResponse
import io.martlet.http.Link
import io.martlet.http.StreamingResponse
import io.martlet.json
import java.io.ByteArrayOutputStream
import java.nio.file.Path

/** What a response says. */
internal fun responseRows(response: ClientResponse): List<Any?> = listOf(
    // row: status
    response.status,
    response.reason,
    response.version,
    // row: ok
    response.isOk,
    // row: url
    response.method(),
    response.url(),
    response.realUrl(),
    // row: request-info
    response.url().host(),
    response.request,
    // row: history
    response.history,
    // row: response-headers
    response.headers["ETag"],
    response.headers.getAll("Link"),
    // row: raw-headers
    response.headers.map { (name, value) -> "$name: $value" },
    // row: response-cookies
    response.cookies(),
    // row: content-type
    response.mediaType(),
    // row: charset
    response.charset(),
    // row: content-disposition
    response.contentDisposition().flatMap { it.safeFileName() },
    // row: links
    response.link("next").map(Link::url),
    // row: read
    response.bytes,
    // row: text
    response.text(),
    // row: json
    response.json<Item>(),
    // row: json-tree
    response.jsonTree()["title"].asText(),
    // row: raise
    response.raiseForStatus(),
    // end
)

/** The two lifetimes of a response. */
internal suspend fun release(session: ClientSession): Int {
    // row: release
    session.open("GET", "items").use { response ->
        return response.status
    }
    // end
}

/** Bodies, read as they arrive: what [open] gives is closed after each. */
internal suspend fun streamingRows(
    path: Path,
    output: ByteArrayOutputStream,
    seen: MutableList<Any>,
    open: suspend (String, suspend (StreamingResponse) -> Unit) -> Unit,
) {
    open("file") { response ->
        // row: readany
        val buffer = response.body.read()
        // end
        seen += buffer!!.remaining()
    }
    open("file") { response ->
        // row: content-read
        val bytes = response.body.readBytes(limit = 1_000_000)
        // end
        seen += bytes.size
    }
    open("file") { response ->
        // row: readexactly
        val head = response.body.readExactly(4)
        // end
        seen += head.size
    }
    open("lines") { response ->
        // row: lines
        response.body.lines().collect { line -> seen += line }
        // end
    }
    open("file") { response ->
        // row: iter-chunked
        response.body.chunks(8).collect { chunk -> seen += chunk.size }
        // end
    }
    open("file") { response ->
        // row: iter-any
        response.body.chunks().collect { chunk -> seen += chunk.size }
        // end
    }
    open("events") { response ->
        // row: events
        response.body.events().collect { event -> seen += event.data }
        // end
    }
    open("file") { response ->
        // row: save
        response.body.saveTo(path)
        // end
    }
    open("file") { response ->
        // row: content-length
        seen += response.contentLength
        // row: total-bytes
        val bytes = response.body.transferTo(output)
        // row: trailers
        val trailers = response.trailers
        // end
        seen += bytes
        seen += trailers.size()
    }
}
