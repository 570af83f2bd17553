package io.martlet.docs

import io.martlet.ClientSession
import io.martlet.body.FormData
import io.martlet.body.Multipart
import io.martlet.body.RequestBody
import io.martlet.http.ClientResponse
import io.martlet.http.Headers
import io.martlet.http.MediaType
import io.martlet.http.Part

/** Multipart bodies that are sent. */
internal suspend fun multipartRows(session: ClientSession, image: ByteArray): Multipart {
    // row: multipart-form
    session.post("files") {
        multipart {
            field("title", "Minutes")
            part("file", "minutes.txt", RequestBody.text("We met."))
        }
    }
    // row: multipart-writer
    val related = Multipart.of("related")
        .part(RequestBody.text("<img src='cid:1'>", MediaType.parse("text/html")))
        .part(RequestBody.bytes(image, MediaType.parse("image/png")), Headers.of("Content-ID", "<1>"))
        .build()
    // row: multipart-append
    val mixed = Multipart.mixed(
        RequestBody.text("""{"id": 3}""", MediaType.JSON),
        FormData.of("id", "3").toBody(),
        related.toBody(),
    )
    // row: multipart-boundary
    val named = Multipart.of("mixed").boundary("next").part(RequestBody.text("first")).build()
    // row: multipart-size
    val size = named.toBody().contentLength()
    // end
    check(size > 0)
    return mixed
}

/** Multipart responses that are read. */
internal suspend fun partRows(session: ClientSession, seen: MutableList<Any>) {
    // row: multipart-reader
    session.open("GET", "parts").use { response ->
        response.parts().collect { part -> seen += part.readAll().text() }
    }
    // end
}

/** The parts of a value. */
internal fun valueRows(value: ClientResponse): List<Part> {
    // row: multipart-value
    val parts = value.parts()
    // end
    return parts
}

/** The lines of the parts of a stream. */
internal suspend fun partLines(session: ClientSession, seen: MutableList<Any>) {
    session.open("GET", "parts").use { response ->
        response.parts().collect { part ->
            // row: part-lines
            part.body.lines().collect { line -> seen += line }
            // end
        }
    }
}

/** What a part says of itself. */
internal fun partRow(part: Part): List<Any> = listOf(
    // row: part-name
    part.name(),
    part.fileName(),
    part.headers,
    // row: part-text
    part.text(),
    part.bytes,
    part.charset(),
    // row: part-nested
    Multipart.parse(part.mediaType(), part.bytes),
    // end
)
