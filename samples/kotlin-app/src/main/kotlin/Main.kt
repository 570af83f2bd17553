import io.martlet.ClientSession
import io.martlet.gather
import io.martlet.json
import kotlinx.serialization.Serializable
import kotlin.time.Duration.Companion.seconds

@Serializable
data class Post(val id: Int, val title: String)

suspend fun titles(url: String): List<String> = ClientSession {
    baseUrl = url
    headers["Accept"] = "application/json"
    timeout { total = 30.seconds }
    raiseForStatus = true
}.use { session ->
    (1..20).gather(concurrency = 5) { id -> session.get("posts/$id").json<Post>().title }
}

suspend fun main(args: Array<String>) {
    titles(args.firstOrNull() ?: "http://127.0.0.1:8080/").forEach(::println)
}
