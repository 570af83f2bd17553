// Prints:
//   posts/1: http://127.0.0.1:8080/anything/v1/posts/1
//   ../v2/posts: http://127.0.0.1:8080/anything/v2/posts
//   /get: http://127.0.0.1:8080/get
package io.martlet.samples.guide.requests

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking

/** Relative URLs are resolved as in a browser: with a leading slash against the host, otherwise against the base URL. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession { baseUrl = args[0] + "anything/v1/" }.use { session ->
        println("posts/1: ${session.get("posts/1").url()}")
        println("../v2/posts: ${session.get("../v2/posts").url()}")
        println("/get: ${session.get("/get").url()}")
    }
}
