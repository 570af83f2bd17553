package io.martlet.samples.guide.responses

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking

/** All that a response knows; nothing of it has to be waited for, as the body is there. */
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
