// Prints:
//   status: 200
//   type: application/json
//   text: 194 characters
//   bytes: 194
//   json: 7
//   url: http://127.0.0.1:8080/get?id=7 after 1 redirect
package io.martlet.samples.guide.responses

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking

/** What there is to read from a response. Its body is complete, so nothing has to be awaited. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession { baseUrl = args[0] }.use { session ->
        val response = session.get("redirect-to?url=/get%3Fid=7")
        println("status: ${response.status}")
        println("type: ${response.mediaType()}")
        println("text: ${response.text().length} characters")
        println("bytes: ${response.bytes.size}")
        println("json: ${response.jsonTree()["args"]["id"].asText()}")
        println("url: ${response.url()} after ${response.history.size} redirect")
    }
}
