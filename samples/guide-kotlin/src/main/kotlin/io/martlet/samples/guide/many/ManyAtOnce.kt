package io.martlet.samples.guide.many

import io.martlet.ClientSession
import io.martlet.gather
import kotlinx.coroutines.runBlocking

/** Many URLs at once; the results come in the order of the URLs, and the first failure would cancel the rest. */
fun main(args: Array<String>): Unit = runBlocking {
    val urls = listOf("get?id=1", "delay/0.1", "get?id=2", "uuid", "get?id=3")
    ClientSession { baseUrl = args[0] }.use { session ->
        urls.gather { url -> session.get(url) }
            .forEach { response -> println("${response.url()} ${response.status}") }
    }
}
