package io.martlet.samples.guide.many

import io.martlet.ClientSession
import io.martlet.gather
import kotlinx.coroutines.runBlocking

/** Fifty URLs, ten at a time: the number in gather is all there is to it. */
fun main(args: Array<String>): Unit = runBlocking {
    val urls = (0 until 50).map { page -> "get?page=$page" }
    ClientSession { baseUrl = args[0] }.use { session ->
        val sizes = urls.gather(concurrency = 10) { url -> session.get(url).bytes.size }
        println("${sizes.size} of 50")
    }
}
