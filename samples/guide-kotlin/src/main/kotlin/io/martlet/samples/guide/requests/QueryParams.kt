// Prints:
//   sent: page=1&status=in+review&tag=a%26b&tag=c
//   page: "1"
//   status: "in review"
//   tag: ["a&b","c"]
package io.martlet.samples.guide.requests

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking

/** Parameters are escaped and appended to the URL. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession { baseUrl = args[0] }.use { session ->
        val response = session.get("get") {
            param("page", 1)
            param("status", "in review")
            param("tag", "a&b", "c")
        }
        println("sent: ${response.url().query()}")
        println("page: ${response.jsonTree()["args"]["page"]}")
        println("status: ${response.jsonTree()["args"]["status"]}")
        println("tag: ${response.jsonTree()["args"]["tag"]}")
    }
}
