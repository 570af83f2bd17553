// Prints:
//   application/json: "alice@example.com"
//   application/x-www-form-urlencoded: {"field":"a value"}
//   application/octet-stream: "raw"
package io.martlet.samples.guide.requests

import io.martlet.ClientSession
import io.martlet.body.JsonValue
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.Serializable

@Serializable
private data class User(val name: String, val email: String)

/** Three kinds of body: JSON, a form, raw bytes. Each sets its own Content-Type. */
fun main(args: Array<String>): Unit = runBlocking {
    val alice = User("alice", "alice@example.com")
    ClientSession { baseUrl = args[0] }.use { session ->
        val json = session.post("post") { json(alice) }.jsonTree()
        println("${json.contentType}: ${json["json"]["email"]}")

        val form = session.post("post") { form("field" to "a value") }.jsonTree()
        println("${form.contentType}: ${form["form"]}")

        val raw = session.post("post") { bytes("raw".encodeToByteArray()) }.jsonTree()
        println("${raw.contentType}: ${raw["data"]}")
    }
}

private val JsonValue.contentType get() = this["headers"]["Content-Type"].asText()
