// Prints:
//   GET 200
//   POST 200
//   PUT 200
//   PATCH 200
//   DELETE 200
//   HEAD 200
//   OPTIONS 200
//   TRACE 200
package io.martlet.samples.guide.start

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking

/** Each method of HTTP, and the status of its answer; `request` sends those without a function of their own. */
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
