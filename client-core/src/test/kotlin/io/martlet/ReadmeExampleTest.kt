package io.martlet

import io.martlet.fixture.LeakCheck
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.Serializable
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import java.nio.file.Path
import kotlin.io.path.readText
import kotlin.time.Duration.Companion.seconds

// README
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
// end

/** What the README shows in Kotlin: it compiles, it runs, and it is the same text. */
@ExtendWith(LeakCheck::class)
class ReadmeExampleTest {
    @Test
    fun `the example fetches titles in order`() = LocalServer().use { server ->
        (1..20).forEach { server.on("/posts/$it", Reply.json("""{"id": $it, "title": "Post $it"}""")) }
        assertEquals((1..20).map { "Post $it" }, runBlocking { titles(server.url("/")) })
    }

    @Test
    fun `the README shows the example that is compiled here`() {
        val source = Path.of("src/test/kotlin/io/martlet/ReadmeExampleTest.kt").readText()
        val example = source.substringAfter("// README\n").substringBefore("// end")
        assertTrue(example in Path.of("../README.md").readText())
    }
}
