// Prints:
//   GET http://127.0.0.1:8080/anything/users/python
//   Bearer my-key
//   POST {"title":"Hello"}
package io.martlet.samples.guide.programs

import io.martlet.ClientSession
import io.martlet.auth.Bearer
import io.martlet.body.JsonValue
import kotlinx.coroutines.runBlocking
import kotlin.time.Duration.Companion.seconds

fun main(args: Array<String>): Unit = runBlocking {
    ApiClient(args[0] + "anything/", "my-key").use { api ->
        val user = api.get("users/python")
        println("${user["method"].asText()} ${user["url"].asText()}")
        println(user["headers"]["Authorization"].asText())
        val post = api.post("posts", mapOf("title" to "Hello"))
        println("${post["method"].asText()} ${post["json"]}")
    }
}

/** A class for one API: what its requests have in common is said once. */
class ApiClient(url: String, key: String) : AutoCloseable {
    private val session = ClientSession {
        baseUrl = url
        auth = Bearer(key)
        timeout { total = 30.seconds }
        raiseForStatus = true
    }

    suspend fun get(endpoint: String): JsonValue = session.get(endpoint).jsonTree()

    suspend fun post(endpoint: String, body: Map<String, String>): JsonValue =
        session.post(endpoint) { json(body) }.jsonTree()

    override fun close() = session.close()
}
