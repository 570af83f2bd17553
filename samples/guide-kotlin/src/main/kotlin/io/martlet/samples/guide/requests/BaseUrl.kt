package io.martlet.samples.guide.requests

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking

/** URLs are resolved against the base URL as a browser does it: with a slash in front, against its host. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession { baseUrl = args[0] + "anything/v1/" }.use { session ->
        println("posts/1: ${session.get("posts/1").url()}")
        println("../v2/posts: ${session.get("../v2/posts").url()}")
        println("/get: ${session.get("/get").url()}")
    }
}
