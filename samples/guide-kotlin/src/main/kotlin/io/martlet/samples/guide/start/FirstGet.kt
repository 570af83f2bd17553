// Prints:
//   status: 200
//   url: http://127.0.0.1:8080/get
package io.martlet.samples.guide.start

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking

/** One GET: its status, and a field of its JSON. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession().use { session ->
        val response = session.get(args[0] + "get")
        println("status: ${response.status}")
        println("url: ${response.jsonTree()["url"].asText()}")
    }
}
