// The titles of five posts, fetched at once; a post that cannot be had says why, and the others come all the same.
//
//     ./samples/bin/martlet script samples/scripts/titles.kts [URL]
//
// The URL is that of a server like martlet serve, which is the one asked without it. The first run gets the compiler of Kotlin;
// compiling takes some seconds each time.

import io.martlet.ClientSession
import io.martlet.Outcome
import io.martlet.gatherOutcomes
import io.martlet.json
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.Serializable

@Serializable
data class Post(val id: Int, val title: String)

runBlocking {
    ClientSession {
        baseUrl = args.firstOrNull() ?: "http://127.0.0.1:8080/"
        raiseForStatus = true
    }.use { session ->
        val posts = (1..5).gatherOutcomes(concurrency = 5) { id -> session.get("posts/$id").json<Post>() }
        for (post in posts) {
            when (post) {
                is Outcome.Success -> println("${post.value.id} ${post.value.title}")
                is Outcome.Failure -> println("- ${post.error.message}")
            }
        }
    }
}
