// Prints:
//   created: First by user 1
//   created: Second by user 2
//   created: Third by user 3
package io.martlet.samples.guide.programs

import io.martlet.ClientSession
import io.martlet.gather
import io.martlet.json
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.Serializable

@Serializable
private data class Post(val title: String, val body: String, val userId: Int)

@Serializable
private data class Created(val url: String, val json: Post)

/** Three objects, sent as JSON at the same time. */
fun main(args: Array<String>): Unit = runBlocking {
    val posts = listOf(Post("First", "Content 1", 1), Post("Second", "Content 2", 2), Post("Third", "Content 3", 3))
    ClientSession {
        baseUrl = args[0] + "anything/"
        raiseForStatus = true
    }.use { session ->
        posts.gather { post -> session.post("posts") { json(post) }.json<Created>() }
            .forEach { created -> println("created: ${created.json.title} by user ${created.json.userId}") }
    }
}
