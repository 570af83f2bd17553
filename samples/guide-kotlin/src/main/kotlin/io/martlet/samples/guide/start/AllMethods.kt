package io.martlet.samples.guide.start

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking

/** Every method of HTTP that has a verb of its own; `request("PURGE", …)` sends any other. */
fun main(args: Array<String>): Unit = runBlocking {
    val user = mapOf("name" to "alice")
    ClientSession { baseUrl = args[0] }.use { session ->
        listOf(
            session.get("get"),
            session.post("post") { json(user) },
            session.put("put") { json(user) },
            session.patch("patch") { json(user) },
            session.delete("delete"),
            session.head("get"),
            session.options("get"),
            session.request("TRACE", "anything"),
        ).forEach { println("${it.method()} ${it.status}") }
    }
}
