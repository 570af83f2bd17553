// Prints:
//   User-Agent: my-app/1.0
//   Accept: application/json
//   Authorization: Bearer my-token
//   Accept: text/plain
package io.martlet.samples.guide.requests

import io.martlet.ClientSession
import io.martlet.auth.Bearer
import kotlinx.coroutines.runBlocking

/** Headers and credentials of a session go with each of its requests; a request can override them. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession {
        baseUrl = args[0]
        headers["User-Agent"] = "my-app/1.0"
        headers["Accept"] = "application/json"
        // Goes to the origin of baseUrl only, redirects included.
        auth = Bearer("my-token")
    }.use { session ->
        val first = session.get("headers").jsonTree()["headers"]
        println("User-Agent: ${first["User-Agent"].asText()}")
        println("Accept: ${first["Accept"].asText()}")
        println("Authorization: ${first["Authorization"].asText()}")

        val second = session.get("headers") { headers["Accept"] = "text/plain" }.jsonTree()["headers"]
        println("Accept: ${second["Accept"].asText()}")
    }
}
